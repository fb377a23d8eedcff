"""Is certain that each flight is late."""

import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.pipeline import Pipeline


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    return Pipeline([("model", DummyClassifier(strategy="constant", constant=True))]).fit(
        frame, late
    )
