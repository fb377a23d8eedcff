"""Isotonic regression, and the cheaper decision for each flight."""

import numpy as np
import pandas as pd
from sklearn.isotonic import IsotonicRegression


class Calibration:
    """The share of late flights as a curve over the score that never falls.

    Parameters
    ----------
    flights : DataFrame
        Past flights: ``score``, ``late``, ``in_training``. What the model was trained on is left
        out: its scores there are better than they will be.
    """

    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        self._curve = IsotonicRegression(out_of_bounds="clip")
        self._curve.fit(held_out["score"], held_out["late"])

    def probability(self, scores: np.ndarray) -> np.ndarray:
        """Return the probability of being late of each flight."""
        return self._curve.predict(scores)


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    """Treat a flight as late where that has the lower expected cost."""
    expected_alarm = (1 - probability) * cost_of_a_false_alarm
    return expected_alarm <= probability * cost_of_a_miss
