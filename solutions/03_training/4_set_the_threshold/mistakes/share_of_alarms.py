"""Treats the highest probabilities of the day as late, more of them where a miss is dearer.

Fails: decides_by_cost
Says: not by its rank or by a share of alarms
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
    share = cost_of_a_miss / (cost_of_a_miss + cost_of_a_false_alarm)
    return probability >= np.quantile(probability, 1 - share)
