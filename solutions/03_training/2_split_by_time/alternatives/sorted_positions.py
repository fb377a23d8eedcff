"""Sorts once, cuts the sorted times with searchsorted, and maps back to positions."""

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
        times = np.asarray(groups, dtype="datetime64[us]")
        order = np.argsort(times, kind="stable")
        ordered = times[order]
        firsts = np.unique(times.astype("datetime64[D]"))[-self.n_splits * self.test_days :]
        for number in range(self.n_splits):
            block = firsts[number * self.test_days : (number + 1) * self.test_days]
            end = np.searchsorted(ordered, block[0] - np.timedelta64(self.gap_days, "D"))
            first = np.searchsorted(ordered, block[0])
            last = np.searchsorted(ordered, block[-1] + np.timedelta64(1, "D"))
            if end == 0:
                raise ValueError("A fold would have no training row.")
            yield order[:end], order[first:last]


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
