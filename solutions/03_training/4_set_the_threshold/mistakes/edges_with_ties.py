"""Cuts bins at quantiles, and takes for granted that no two are equal.

Fails: copes_with_ties
Says: Bin edges must be unique
"""

import numpy as np
import pandas as pd


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        count = min(25, max(2, len(held_out) // 50))
        bins, edges = pd.qcut(held_out["score"], count, labels=False, retbins=True)
        self._edges = edges[1:-1]
        self._shares = held_out["late"].groupby(bins).mean().to_numpy()

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._shares[np.searchsorted(self._edges, scores)]


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    expected_alarm = (1 - probability) * cost_of_a_false_alarm
    return expected_alarm <= probability * cost_of_a_miss
