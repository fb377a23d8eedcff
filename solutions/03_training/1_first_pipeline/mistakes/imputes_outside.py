"""Fills the gaps of the training rows before the pipeline, which then meets gaps unprepared.

Fails: gives_probabilities
Says: contains NaN
"""

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

CATEGORIES = ["carrier", "origin"]
NUMBERS = [
    "distance",
    "hour",
    "precip_3h",
    "visib",
    "delay_origin_3h",
    "delay_city_3h",
    "delay_carrier_6h",
    "delay_dest_6h",
]


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    frame = frame.fillna(frame[NUMBERS].median())
    categories = OneHotEncoder(handle_unknown="ignore")
    prepare = make_column_transformer((categories, CATEGORIES), (StandardScaler(), NUMBERS))
    model = LogisticRegression(max_iter=1000)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
