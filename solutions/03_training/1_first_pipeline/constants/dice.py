"""Throws dice, as often late as flights were in training."""

import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.pipeline import Pipeline


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    return Pipeline([("model", DummyClassifier(strategy="stratified", random_state=0))]).fit(
        frame, late
    )
