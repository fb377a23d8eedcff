"""Train a model that goes on when feeds fail, and refuses what cannot be."""

import numpy as np
import pandas as pd


class RobustModel:
    """Tells how probable it is that flights will be late, on bad days too.

    Parameters
    ----------
    frame : DataFrame
        Flights to learn from, with the eleven columns of the README.
    late : Series of bool
        Whether each flight was late, in the order of the rows.
    """

    def __init__(self, frame: pd.DataFrame, late: pd.Series) -> None:
        # TODO Task 1: train on the rows as they are.
        # TODO Task 2: let the model learn to go on with what is left.
        raise NotImplementedError("Task 1: train a model")

    def predict_proba(self, rows: pd.DataFrame) -> np.ndarray:
        """Return the probabilities of being on time and of being late.

        Parameters
        ----------
        rows : DataFrame
            One row a flight; feeds can have gaps, and their columns can be absent.

        Returns
        -------
        array of float, shape (rows, 2)

        Raises
        ------
        ValueError
            If there is garbage; the message has the name of the column, or the word ``rows``.
        """
        # TODO Task 2: go on when feeds fail.
        # TODO Task 3: refuse garbage.
        raise NotImplementedError("Task 1: answer for flights")


def train(frame: pd.DataFrame, late: pd.Series) -> RobustModel:
    """Train a model on flights whose outcome is known.

    Parameters
    ----------
    frame : DataFrame
        One row a flight, with the eleven columns of the README.
    late : Series of bool
        Whether each flight was late, in the order of the rows.

    Returns
    -------
    RobustModel
        Any object with its method ``predict_proba`` will do.
    """
    return RobustModel(frame, late)
