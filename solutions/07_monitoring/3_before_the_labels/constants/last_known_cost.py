"""The cost of the newest week whose labels are there, repeated."""

import numpy as np
import pandas as pd


class CostEstimator:
    def __init__(self, reference: pd.DataFrame) -> None:
        alarm, late = reference["p"] >= 1 / 6, reference["late"]
        self._cost = float(1000 * np.where(alarm, ~late, 5 * late).mean())
        self._batches: dict = {}

    def estimate(self, batch: pd.DataFrame) -> dict:
        self._batches[int(batch["week"].iloc[0])] = batch["p"] >= 1 / 6
        return {
            "cost": self._cost,
            "low": 0.7 * self._cost,
            "high": 1.3 * self._cost,
            "trusted": True,
        }

    def learn(self, week: int, late: np.ndarray) -> None:
        alarm = self._batches[week]
        self._cost = float(1000 * np.where(alarm, ~late, 5 * late).mean())
