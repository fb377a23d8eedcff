"""Ranks new flights among themselves: on a calm day, the first of them looks as on a stormy one.

Fails: judges_flights_alone
Says: never from those that are asked about
"""

import numpy as np
import pandas as pd
from scipy.stats import rankdata
from sklearn.isotonic import IsotonicRegression


def ranks(scores: np.ndarray) -> np.ndarray:
    return rankdata(scores) / (len(scores) + 1)


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        self._curve = IsotonicRegression(out_of_bounds="clip")
        self._curve.fit(ranks(held_out["score"]), held_out["late"])

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._curve.predict(ranks(scores))


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    expected_alarm = (1 - probability) * cost_of_a_false_alarm
    return expected_alarm <= probability * cost_of_a_miss
