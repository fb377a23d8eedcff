"""Takes the scores for probabilities, cut off at 0 and 1.

Fails: is_reliable
Says: a number between 0 and 1 need not be a probability
"""

import numpy as np
import pandas as pd


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        pass

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return np.clip(scores, 0, 1)


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    expected_alarm = (1 - probability) * cost_of_a_false_alarm
    return expected_alarm <= probability * cost_of_a_miss
