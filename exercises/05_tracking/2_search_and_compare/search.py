"""Search for settings in nested MLflow runs, and ask the store which run is best."""

import pandas as pd


def search(
    training: pd.DataFrame, validation: pd.DataFrame, candidates: list[dict[str, int]]
) -> str:
    """Measure each candidate in a run of its own, nested in one parent run.

    Parameters
    ----------
    training, validation : DataFrame
        One row a flight: the columns ``desk_model.FEATURES``, and ``late`` (bool).
    candidates : list of dict
        Two or more settings for ``desk_model.measure``; no two are equal.

    Returns
    -------
    str
        The id of the parent run, a finished one of the experiment "flight-desk".
    """
    # TODO Task 1: one parent run, and a nested run for each candidate.
    raise NotImplementedError("Task 1: search in nested runs")


def best_run(experiment: str, digest: str) -> str:
    """Ask the store for the best run of an experiment, whoever made it.

    Parameters
    ----------
    experiment : str
        The name of an experiment.
    digest : str
        The digest of the validation data: runs with another one can't be compared.

    Returns
    -------
    str
        The id of the usable run with the lowest cost; of equal ones, of that which began first.

    Raises
    ------
    ValueError
        If no run is usable, or if there is no such experiment.
    """
    # TODO Task 2: a query of the store, by the rules of the README.
    raise NotImplementedError("Task 2: find the best run")


def compare(parent: str) -> pd.DataFrame:
    """Put the children of a run into a table.

    Parameters
    ----------
    parent : str
        The id of a run that has nested runs, in any experiment.

    Returns
    -------
    DataFrame
        One row a child: the columns ``run_id``, ``status``, ``cost`` and the parameters by their
        names. The lowest cost comes first.
    """
    # TODO Task 3: the children of this parent, and no other runs.
    raise NotImplementedError("Task 3: compare the children")
