"""A number without an interval."""

import numpy as np
import pandas as pd


class CostEstimator:
    def __init__(self, reference: pd.DataFrame) -> None:
        pass

    def estimate(self, batch: pd.DataFrame) -> dict:
        return {"cost": 550.0, "trusted": True}

    def learn(self, week: int, late: np.ndarray) -> None:
        pass
