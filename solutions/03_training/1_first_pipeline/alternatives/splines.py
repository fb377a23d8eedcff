"""An additive model: a smooth curve for each number, a share of late flights for each category.

The encoder shrinks the shares of rare carriers towards the mean; an unseen one gets the mean.
"""

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import (
    MinMaxScaler,
    QuantileTransformer,
    SplineTransformer,
    TargetEncoder,
)

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
    ranks = QuantileTransformer(n_quantiles=100, random_state=0)
    fill = SimpleImputer(strategy="constant", fill_value=-0.5)  # below all ranks
    curves = make_pipeline(ranks, fill, SplineTransformer(n_knots=6))
    shares = make_pipeline(TargetEncoder(random_state=0), MinMaxScaler())
    prepare = make_column_transformer((shares, CATEGORIES), (curves, NUMBERS))
    model = LogisticRegression(C=10, max_iter=1000)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
