"""Turn scores into probabilities, and probabilities into decisions."""

import numpy as np
import pandas as pd


class Calibration:
    """Knows how probable a late flight is at each score.

    Parameters
    ----------
    flights : DataFrame
        Past flights, one a row: ``score`` (float), ``late`` (bool), and ``in_training`` (bool),
        whether the model that gave the score was trained on this flight.
    """

    def __init__(self, flights: pd.DataFrame) -> None:
        # TODO Task 1: learn from past flights what a score means.
        raise NotImplementedError("Task 1: learn what a score means")

    def probability(self, scores: np.ndarray) -> np.ndarray:
        """Return the probability of being late of each flight.

        Parameters
        ----------
        scores : ndarray of float, shape (n,)
            Scores of new flights by the same model.

        Returns
        -------
        ndarray of float, shape (n,)
            One probability a flight, between 0 and 1.
        """
        # TODO Task 1: look up what was learnt.
        raise NotImplementedError("Task 1: probabilities of new flights")


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    """Decide for each flight whether to treat it as late.

    Parameters
    ----------
    probability : ndarray of float, shape (n,)
        The probability that the flight is late.
    cost_of_a_miss : float
        Cost of a late flight that was not treated as late; positive.
    cost_of_a_false_alarm : float
        Cost of a punctual flight that was treated as late; positive, in the same unit.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where treating the flight as late has the lower expected cost.
    """
    # TODO Task 2: compare the expected costs of the two decisions.
    raise NotImplementedError("Task 2: decide by costs")
