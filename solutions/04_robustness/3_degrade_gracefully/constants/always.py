"""Is certain that each flight is late."""

import numpy as np
import pandas as pd


class Model:
    def __init__(self, rate: float) -> None:
        self.rate = rate

    def predict_proba(self, rows: pd.DataFrame) -> np.ndarray:
        return np.tile([0.0, 1.0], (len(rows), 1))


def train(frame: pd.DataFrame, late: pd.Series) -> Model:
    return Model(late.mean())
