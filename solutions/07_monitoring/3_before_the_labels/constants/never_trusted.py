"""Everything is possible, and nothing is to be trusted."""

import numpy as np
import pandas as pd


class CostEstimator:
    def __init__(self, reference: pd.DataFrame) -> None:
        pass

    def estimate(self, batch: pd.DataFrame) -> dict:
        return {"cost": 550.0, "low": 0.0, "high": 5000.0, "trusted": False}

    def learn(self, week: int, late: np.ndarray) -> None:
        pass
