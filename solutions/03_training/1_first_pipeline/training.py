"""Gradient boosting: it takes gaps as they are, and needs codes for the categories."""

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OrdinalEncoder

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
    """Train a classifier on flights whose outcome is known."""
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    prepare = make_column_transformer((codes, CATEGORIES), ("passthrough", NUMBERS))
    model = HistGradientBoostingClassifier(
        learning_rate=0.2, max_iter=25, max_leaf_nodes=10, random_state=0
    )
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
