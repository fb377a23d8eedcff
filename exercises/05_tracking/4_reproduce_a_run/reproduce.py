"""Make the model of a run again from what MLflow holds about it, and say if that worked."""

import pandas as pd
from sklearn.pipeline import Pipeline


def rebuild(run_id: str, archive: dict[str, pd.DataFrame]) -> Pipeline:
    """Train the model of a run again, from the run's record and the archive.

    Parameters
    ----------
    run_id : str
        A run of the experiment "flight-desk".
    archive : dict of DataFrame
        Frames of flights by name: the columns ``desk.FEATURES``, and ``late`` (0 or 1).

    Returns
    -------
    Pipeline
        The trained model.

    Raises
    ------
    ValueError
        If the record does not suffice: not finished, other code, incomplete or other data.
    """
    # TODO Task 1: find commit, parameters and training data of the run, and train again.
    raise NotImplementedError("Task 1: rebuild the model")


def verify(run_id: str, archive: dict[str, pd.DataFrame], flights: pd.DataFrame) -> str:
    """Tell whether a run can be reproduced, or why not.

    Parameters
    ----------
    run_id, archive
        As for `rebuild`.
    flights : DataFrame
        Flights to compare predictions on: the columns ``desk.FEATURES``.

    Returns
    -------
    str
        "reproduced", or one of the reasons of the README.
    """
    # TODO Task 2: compare the rebuilt model with the logged one.
    raise NotImplementedError("Task 2: verify the run")
