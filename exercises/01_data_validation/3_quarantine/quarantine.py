"""Split a weekly batch of flights into rows to go on with and rows to look at."""

from typing import NamedTuple

import pandas as pd


class Split(NamedTuple):
    """What becomes of a batch.

    Attributes
    ----------
    accepted
        The rows that break no rule, with the columns of the batch.
    quarantined
        The other rows, with the columns of the batch and, as the last, ``reasons``.
    verdict
        "accept" or "reject".
    """

    accepted: pd.DataFrame
    quarantined: pd.DataFrame
    verdict: str


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch by the rules of the README.

    Parameters
    ----------
    batch : DataFrame
        One week of flights, one row a flight. It is not altered.

    Returns
    -------
    Split
        Accepted rows, quarantined rows with their reasons, and the verdict for the batch.
    """
    # TODO Task 1: find the rows that break a rule, and split the batch.
    # TODO Task 2: write the names of all rules that a row breaks into the column `reasons`.
    # TODO Task 3: keep order, columns and dtypes, and leave `batch` alone.
    # TODO Task 4: leave out the reasons of an earlier run.
    # TODO Task 5: find the verdict for the batch.
    raise NotImplementedError("Task 1: split the batch into rows")
