"""Gives the share of late flights in training to each flight."""

import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.pipeline import Pipeline


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    return Pipeline([("model", DummyClassifier(strategy="prior"))]).fit(frame, late)
