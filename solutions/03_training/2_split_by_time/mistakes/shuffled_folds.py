"""Shuffles the rows, so that training has rows of the days that are tested, and later ones.

Fails: tests_the_last_days
Says: Train on the past only
"""

from sklearn.model_selection import KFold


class SplitByTime:
    def split(
        self,
        X: pd.DataFrame,  # noqa: N803
        y: pd.Series | None = None,
        groups: pd.Series | None = None,
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield the positions of training rows and of test rows, fold by fold, oldest first."""
        yield from KFold(self.n_splits, shuffle=True, random_state=0).split(X)
