"""Measure how far the columns of one week have moved from those of an earlier one."""

import pandas as pd


def psi(reference: pd.Series, current: pd.Series, bins: int = 10) -> float:
    """Population stability index of a column of numbers.

    Parameters
    ----------
    reference, current
        Finite numbers and missing values, of any length and index.
    bins
        Quantile bins of the reference, at least 2; missing values have one more.

    Returns
    -------
    float
        0 where the shares of all bins are equal, larger the more they differ.

    Raises
    ------
    ValueError
        If a side has no rows; the text names it, ``reference`` or ``current``.
    """
    # TODO Task 1: edges from the reference, shares of all rows, and the sum.
    raise NotImplementedError("Task 1: the population stability index")


def ks_statistic(reference: pd.Series, current: pd.Series) -> float:
    """Two-sample Kolmogorov-Smirnov statistic of a column of numbers.

    Parameters
    ----------
    reference, current
        Finite numbers, of any length and index; missing values are left out.

    Returns
    -------
    float
        The largest difference of the two shares of values up to x, over all x; 0 to 1.

    Raises
    ------
    ValueError
        If a side has no values; the text names it, ``reference`` or ``current``.
    """
    # TODO Task 2: compare the two distribution functions.
    raise NotImplementedError("Task 2: the Kolmogorov-Smirnov statistic")


def total_variation(reference: pd.Series, current: pd.Series) -> float:
    """Total variation distance of a column of names.

    Parameters
    ----------
    reference, current
        Names, of any length and index; missing values count as one more name.

    Returns
    -------
    float
        Half the sum of the differences between the shares, over all names; 0 to 1.

    Raises
    ------
    ValueError
        If a side has no rows; the text names it, ``reference`` or ``current``.
    """
    # TODO Task 3: compare the shares of all names of both sides.
    raise NotImplementedError("Task 3: the total variation distance")


def drift_report(
    reference: pd.DataFrame, current: pd.DataFrame, limit: float = 0.1
) -> pd.DataFrame:
    """Say for each column how far it has moved, and whether that is much.

    Parameters
    ----------
    reference, current
        One row a flight; the same columns in any order.
    limit
        The least difference of shares that counts as moved, above 0.

    Returns
    -------
    DataFrame
        One row for each column of the reference, in its order, the column's name as index.
        Columns: ``kind`` ("number" or "category"), ``distance`` (float, NaN where there is none),
        ``missing_before`` and ``missing_now`` (shares of rows), ``moved`` (bool).

    Raises
    ------
    ValueError
        If a side has no rows; the text names it, ``reference`` or ``current``.
    """
    # TODO Task 4: one row a column.
    raise NotImplementedError("Task 4: the report")
