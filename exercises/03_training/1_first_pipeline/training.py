"""Train the model that tells how probable it is that a flight will be late."""

import pandas as pd
from sklearn.pipeline import Pipeline


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    """Train a classifier on flights whose outcome is known.

    Parameters
    ----------
    frame : DataFrame
        One row a flight, with the ten columns of the README.
    late : Series of bool
        Whether each flight was late, in the order of the rows.

    Returns
    -------
    Pipeline
        Fitted: all preparation and the model. Its ``predict_proba(rows)`` returns an array of
        shape (rows, 2): the probabilities of not being late and of being late.
    """
    # TODO Task 1: prepare numbers and categories in a pipeline, and add a classifier.
    # TODO Task 2: make it safe for rows that are unlike those of the training.
    raise NotImplementedError("Task 1: train a pipeline")
