"""Find the slices of flights in which the model's probabilities are too low."""

import pandas as pd


def slice_gaps(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Measure the gap between labels and probabilities in each slice.

    Parameters
    ----------
    flights : DataFrame
        One row a flight: ``date`` (timestamp, midnight), and columns of names, which make
        the slices.
    late : Series of bool
        Whether each flight was late, in the order of the rows and with their index.
    probability : Series of float
        What the model had said, likewise.

    Returns
    -------
    DataFrame
        One row a slice of 60 flights or more, in any order: ``column``, ``value``, ``rows``,
        ``days``, ``gap``, ``low``, ``high``, as the README defines them.
    """
    # TODO Task 1: cut the flights into slices and measure each of them.
    # TODO Task 2: add the ends of the interval.
    raise NotImplementedError("Task 1: measure the gaps")


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Report the slices in which the probabilities are surely too low.

    Parameters
    ----------
    flights, late, probability
        As in `slice_gaps`.

    Returns
    -------
    DataFrame
        The rows of `slice_gaps` that belong to weak slices; a frame without rows if there
        are none.
    """
    # TODO Task 3: choose the slices for which there is evidence, among so many.
    raise NotImplementedError("Task 3: report the weak slices")
