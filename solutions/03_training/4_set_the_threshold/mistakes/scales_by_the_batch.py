"""Takes middle and spread from the flights that are asked about.

Fails: judges_flights_alone
Says: never from those that are asked about
"""

import numpy as np
import pandas as pd
from sklearn.isotonic import IsotonicRegression


def scaled(scores: np.ndarray) -> np.ndarray:
    low, middle, high = np.quantile(scores, [0.25, 0.5, 0.75])
    return (scores - middle) / ((high - low) or 1)


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        self._curve = IsotonicRegression(out_of_bounds="clip")
        self._curve.fit(scaled(held_out["score"]), held_out["late"])

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._curve.predict(scaled(scores))


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    expected_alarm = (1 - probability) * cost_of_a_false_alarm
    return expected_alarm <= probability * cost_of_a_miss
