"""Train the desk's model inside an MLflow run that holds all that is needed to judge it."""

import pandas as pd


def train_and_log(
    training: pd.DataFrame, validation: pd.DataFrame, settings: dict[str, float], purpose: str
) -> str:
    """Train on one frame, measure on the other, and record both in one MLflow run.

    Parameters
    ----------
    training, validation : DataFrame
        One row a flight: the columns ``desk_model.FEATURES``, ``week`` (int) and ``late`` (bool).
    settings : dict
        Goes to ``desk_model.make_model``; it can be empty.
    purpose : str
        Why the run is made, in a few words.

    Returns
    -------
    str
        The id of the run, a finished one of the experiment "flight-desk".

    Raises
    ------
    Exception
        Whatever the training raises; the run then has the status FAILED.
    """
    # TODO Task 1: begin a run of the experiment "flight-desk"; tasks 2 and 3 happen inside it.
    # TODO Task 2: train, and log settings, tags, datasets and metrics.
    # TODO Task 3: log the model with its signature and an input example.
    raise NotImplementedError("Task 1: begin a run")
