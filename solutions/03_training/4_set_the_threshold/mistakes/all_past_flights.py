"""Calibrates on all past flights, those that the model was trained on as well.

Fails: leaves_out_training_flights
Says: it has seen their labels
"""

import numpy as np
import pandas as pd
from sklearn.isotonic import IsotonicRegression


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        self._curve = IsotonicRegression(out_of_bounds="clip")
        self._curve.fit(flights["score"], flights["late"])

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._curve.predict(scores)


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    expected_alarm = (1 - probability) * cost_of_a_false_alarm
    return expected_alarm <= probability * cost_of_a_miss
