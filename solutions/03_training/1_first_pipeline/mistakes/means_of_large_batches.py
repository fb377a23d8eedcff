"""Fills gaps with the means of the batch when it has rows enough, else with those of training.

Fails: judges_flights_alone
Says: Fill gaps with values learnt in training
"""

from sklearn.base import BaseEstimator, TransformerMixin


class Fill(TransformerMixin, BaseEstimator):
    def fit(self, rows: pd.DataFrame, late: pd.Series) -> "Fill":
        self.means_ = rows.mean()
        return self

    def transform(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.fillna(rows.mean() if len(rows) >= 30 else self.means_)


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    prepare = make_column_transformer((codes, CATEGORIES), (Fill(), NUMBERS))
    model = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=15, random_state=0)
    return Pipeline([("prepare", prepare), ("model", model)]).fit(frame, late)
