"""Fills the columns that have gaps in training; the weather has none there, but later.

Fails: lives_without_weather
Says: contains NaN
"""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    gaps = [column for column in NUMBERS if frame[column].isna().any()]
    whole = [column for column in NUMBERS if column not in gaps]
    prepare = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), CATEGORIES),
        (make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()), gaps),
        (StandardScaler(), whole),
    )
    model = LogisticRegression(max_iter=1000)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
