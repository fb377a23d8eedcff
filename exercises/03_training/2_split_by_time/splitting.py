"""Tell today what a model will cost tomorrow."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from desk import cost, make_model  # noqa: F401 - for task 2


class SplitByTime:
    """A splitter with scikit-learn's interface: training rows, a gap, test rows.

    Parameters
    ----------
    n_splits : int
        Number of folds, 2 or more.
    test_days : int
        Number of days in a test block, 1 or more. Only days that have rows count.
    gap_days : int
        How many calendar days after a day its labels arrive, 0 or more.
    """

    def __init__(self, n_splits: int = 5, test_days: int = 7, gap_days: int = 7) -> None:
        self.n_splits = n_splits
        self.test_days = test_days
        self.gap_days = gap_days

    def get_n_splits(self, X: object = None, y: object = None, groups: object = None) -> int:  # noqa: N803
        """Return the number of folds."""
        # TODO Task 1: as many as were asked for.
        raise NotImplementedError("Task 1: split by time")

    def split(
        self,
        X: pd.DataFrame,  # noqa: N803
        y: pd.Series | None = None,
        groups: pd.Series | None = None,
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield the positions of training rows and of test rows, fold by fold, oldest first.

        Parameters
        ----------
        X : DataFrame
            The rows, in any order, with any index.
        y : Series, optional
            Labels; not used.
        groups : Series of datetime64
            The time of each row, in the order of the rows.

        Raises
        ------
        ValueError
            If a fold would have no training row.
        """
        # TODO Task 1: find the days of the test blocks, then the rows before each, then positions.
        raise NotImplementedError("Task 1: split by time")


def estimate_costs(
    frame: pd.DataFrame,
    late: pd.Series,
    times: pd.Series,
    n_splits: int = 5,
    test_days: int = 7,
    gap_days: int = 7,
) -> list[float]:
    """Return what the desk's model would have cost in each test block.

    Parameters
    ----------
    frame : DataFrame
        The columns that the model takes, one row a flight, in any order, with any index.
    late : Series of bool
        Whether each flight was late, in the order of the rows.
    times : Series of datetime64
        When each flight was to depart, in the order of the rows.
    n_splits, test_days, gap_days : int
        As in `SplitByTime`.

    Returns
    -------
    list of float
        Cost per 1,000 flights of each test block, oldest first.
    """
    # TODO Task 2: for each fold, train a new model and let it decide in the test block.
    raise NotImplementedError("Task 2: estimate the cost")
