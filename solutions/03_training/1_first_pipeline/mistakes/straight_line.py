"""Fits a straight line to zeros and ones, and passes its values off as probabilities.

Fails: gives_probabilities
Says: numbers between 0 and 1
"""

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import OneHotEncoder


class Line(LinearRegression):
    def predict_proba(self, rows: np.ndarray) -> np.ndarray:
        late = self.predict(rows)
        return np.column_stack([1 - late, late])


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    prepare = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), CATEGORIES),
        (SimpleImputer(add_indicator=True), NUMBERS),
    )
    return Pipeline([("prepare", prepare), ("model", Line())]).fit(frame, late)
