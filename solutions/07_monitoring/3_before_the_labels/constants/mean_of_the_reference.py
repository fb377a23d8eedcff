"""The mean cost of the reference, for every week."""

import numpy as np
import pandas as pd


class CostEstimator:
    def __init__(self, reference: pd.DataFrame) -> None:
        alarm, late = reference["p"] >= 1 / 6, reference["late"]
        self._cost = float(1000 * np.where(alarm, ~late, 5 * late).mean())

    def estimate(self, batch: pd.DataFrame) -> dict:
        return {
            "cost": self._cost,
            "low": 0.8 * self._cost,
            "high": 1.2 * self._cost,
            "trusted": True,
        }

    def learn(self, week: int, late: np.ndarray) -> None:
        pass
