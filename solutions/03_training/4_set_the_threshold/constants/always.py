"""Says that each flight will be late."""

import numpy as np
import pandas as pd


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        pass

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return np.ones(len(scores))


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    return np.ones(len(probability), dtype=bool)
