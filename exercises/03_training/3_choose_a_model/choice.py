"""Choose among models by what their decisions cost, and by how sure that is."""

import pandas as pd


def cost_difference(
    flights: pd.DataFrame, cheaper: dict, dearer: dict
) -> tuple[float, float, float]:
    """Compare what the decisions of two candidates cost on the same flights.

    Parameters
    ----------
    flights : DataFrame
        Past flights, one a row: ``day`` (int) and ``late`` (bool).
    cheaper, dearer : dict
        Two candidates: ``name`` (str), ``price`` (int, a class), ``milliseconds`` (for 1,000
        flights), ``megabytes``, and two arrays of shape (flights,) with probabilities of being
        late: ``held_out``, where the flight was kept out of training, and ``in_training``.

    Returns
    -------
    tuple of three floats
        Cost of ``dearer`` minus cost of ``cheaper``, per 1,000 flights: the lower end of its
        95 % interval, the difference on these flights, and the upper end.
    """
    # TODO Task 1: difference of costs, and its interval.
    raise NotImplementedError("Task 1: compare two candidates")


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    """Choose the candidate that goes into service.

    Parameters
    ----------
    candidates : list of dict
        One to four, in any order, as in `cost_difference`; no two have one price class.
    flights : DataFrame
        As in `cost_difference`.
    budget : dict
        What a candidate may need at most: ``milliseconds`` and ``megabytes``.

    Returns
    -------
    str
        Name of the candidate.

    Raises
    ------
    ValueError
        If no candidate keeps to the budget.
    """
    # TODO Task 2: the rule of the README.
    raise NotImplementedError("Task 2: choose a candidate")
