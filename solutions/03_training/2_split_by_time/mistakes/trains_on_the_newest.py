"""Trains on the newest days and tests on older ones.

Fails: tests_the_last_days
Says: Test after training
"""


class SplitByTime:
    def split(
        self,
        X: pd.DataFrame,  # noqa: N803
        y: pd.Series | None = None,
        groups: pd.Series | None = None,
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield the positions of training rows and of test rows, fold by fold, oldest first."""
        day = groups.dt.normalize().to_numpy()
        days = np.unique(day)
        tested, rest = np.split(days, [self.n_splits * self.test_days])
        newest = np.flatnonzero(day > rest[0] + np.timedelta64(self.gap_days, "D"))
        for block in np.split(tested, self.n_splits):
            yield newest, np.flatnonzero(np.isin(day, block))
