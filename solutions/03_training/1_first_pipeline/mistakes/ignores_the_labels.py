"""A rule that somebody wrote down last winter: it fits real flights, and learns nothing.

Fails: learns_the_labels
Says: Learn from `late`
"""

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin


class Rule(ClassifierMixin, BaseEstimator):
    def fit(self, rows: pd.DataFrame, late: pd.Series) -> "Rule":
        self.classes_ = np.array([False, True])
        return self

    def predict_proba(self, rows: pd.DataFrame) -> np.ndarray:
        delay = rows["delay_city_3h"].fillna(0).clip(0, 60)
        late = 1 / (1 + np.exp(2.7 - 0.04 * delay - 0.08 * (rows["hour"] - 5)))
        return np.column_stack([1 - late, late])


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    return Pipeline([("rule", Rule())]).fit(frame, late)
