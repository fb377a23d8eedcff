"""Yields the newest fold only, though more were asked for.

Fails: gives_the_folds_asked_for
Says: Yield every fold, not some of them
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from desk import cost, make_model


class SplitByTime:
    """A splitter with scikit-learn's interface: training rows, a gap, test rows."""

    def __init__(self, n_splits: int = 5, test_days: int = 7, gap_days: int = 7) -> None:
        self.n_splits = n_splits
        self.test_days = test_days
        self.gap_days = gap_days

    def get_n_splits(self, X: object = None, y: object = None, groups: object = None) -> int:  # noqa: N803
        """Return the number of folds."""
        return self.n_splits

    def split(
        self,
        X: pd.DataFrame,  # noqa: N803
        y: pd.Series | None = None,
        groups: pd.Series | None = None,
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield the positions of training rows and of test rows, fold by fold, oldest first."""
        day = groups.dt.normalize().to_numpy()
        days = np.unique(day)
        if len(days) <= self.n_splits * self.test_days:
            raise ValueError(f"{len(days)} days are too few for {self.n_splits} folds.")
        tested = days[-self.n_splits * self.test_days :]
        for block in np.split(tested, self.n_splits)[-1:]:
            known = day < block[0] - np.timedelta64(self.gap_days, "D")
            if not known.any():
                raise ValueError(f"No label is known on the morning of {block[0]}.")
            yield np.flatnonzero(known), np.flatnonzero(np.isin(day, block))


def estimate_costs(
    frame: pd.DataFrame,
    late: pd.Series,
    times: pd.Series,
    n_splits: int = 5,
    test_days: int = 7,
    gap_days: int = 7,
) -> list[float]:
    """Return what the desk's model would have cost in each test block."""
    costs = []
    for training, test in SplitByTime(n_splits, test_days, gap_days).split(frame, groups=times):
        model = make_model().fit(frame.iloc[training], late.iloc[training])
        costs.append(cost(late.iloc[test], model.predict_proba(frame.iloc[test])[:, 1]))
    return costs
