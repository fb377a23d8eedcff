"""Puts the cost of a miss where the cost of a false alarm belongs.

Fails: decides_by_cost
Says: Choose the decision with the lower expected cost
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
    return probability >= cost_of_a_miss / (cost_of_a_miss + cost_of_a_false_alarm)
