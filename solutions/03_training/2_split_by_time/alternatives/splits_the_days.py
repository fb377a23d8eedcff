"""Lets scikit-learn split the days, cuts the gap from the training days, and takes their rows."""

from datetime import timedelta

import numpy as np
import pandas as pd
from desk import cost, make_model
from sklearn.model_selection import TimeSeriesSplit


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
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        """Yield the positions of training rows and of test rows, fold by fold, oldest first."""
        days = pd.Series(groups.dt.date.to_numpy())
        rows = days.groupby(days).indices
        names = sorted(rows)
        splitter = TimeSeriesSplit(self.n_splits, test_size=self.test_days)
        folds = []
        for before, block in splitter.split(names):
            end = names[block[0]] - timedelta(days=self.gap_days)
            known = [rows[names[i]] for i in before if names[i] < end]
            if not known:
                raise ValueError("A fold would have no training row.")
            folds.append((np.concatenate(known), np.concatenate([rows[names[i]] for i in block])))
        return folds


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
