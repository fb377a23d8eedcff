"""Expects a straight line from score to logit, which only margins have.

Fails: decides_cheaply_on_any_scores
Says: of the scores, only the order is known
"""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        scores = np.append(held_out["score"], [held_out["score"].mean()] * 2)
        late = np.append(held_out["late"], [True, False])
        self._line = make_pipeline(StandardScaler(), LogisticRegression())
        self._line.fit(scores[:, None], late)

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._line.predict_proba(scores[:, None])[:, 1]


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    expected_alarm = (1 - probability) * cost_of_a_false_alarm
    return expected_alarm <= probability * cost_of_a_miss
