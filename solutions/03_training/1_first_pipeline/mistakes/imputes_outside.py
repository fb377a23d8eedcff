"""Fills the gaps of the training rows before the pipeline, which then meets gaps unprepared.

Fails: gives_probabilities
Says: contains NaN
"""

from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    frame = frame.fillna(frame[NUMBERS].median())
    categories = OneHotEncoder(handle_unknown="ignore")
    prepare = make_column_transformer((categories, CATEGORIES), (StandardScaler(), NUMBERS))
    model = LogisticRegression(max_iter=1000)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
