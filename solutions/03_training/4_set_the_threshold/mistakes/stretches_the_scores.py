"""Scales the scores to lie between 0 and 1, and calls that calibrated.

Fails: is_reliable
Says: changes their unit
"""

import numpy as np
import pandas as pd


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        self._low, self._high = flights["score"].min(), flights["score"].max()

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return np.clip((scores - self._low) / (self._high - self._low), 0, 1)


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    expected_alarm = (1 - probability) * cost_of_a_false_alarm
    return expected_alarm <= probability * cost_of_a_miss
