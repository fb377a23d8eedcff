"""A random forest that takes categories as columns and fills gaps with medians.

Large leaves make its shares of late flights probabilities that can be trusted.
"""

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder

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
    prepare = make_column_transformer(
        (OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=20), CATEGORIES),
        (SimpleImputer(strategy="median", add_indicator=True), NUMBERS),
    )
    model = RandomForestClassifier(60, min_samples_leaf=10, random_state=0)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
