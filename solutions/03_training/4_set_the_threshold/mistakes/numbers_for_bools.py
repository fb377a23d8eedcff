"""Returns 0 and 1, which select rows 0 and 1 when they are used as a mask.

Fails: decides_by_cost
Says: Return one bool a flight
"""

import numpy as np
import pandas as pd
from sklearn.isotonic import IsotonicRegression


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        self._curve = IsotonicRegression(out_of_bounds="clip")
        self._curve.fit(held_out["score"], held_out["late"])

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._curve.predict(scores)


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    expected_alarm = (1 - probability) * cost_of_a_false_alarm
    return (expected_alarm <= probability * cost_of_a_miss).astype(int)
