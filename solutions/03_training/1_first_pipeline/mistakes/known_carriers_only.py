"""One column a carrier, and an error for a carrier that has none.

Fails: meets_an_unseen_carrier
Says: Found unknown categories
"""

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
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
    numbers = make_pipeline(SimpleImputer(add_indicator=True), StandardScaler())
    categories = OneHotEncoder()
    prepare = make_column_transformer((categories, CATEGORIES), (numbers, NUMBERS))
    model = LogisticRegression(max_iter=1000)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
