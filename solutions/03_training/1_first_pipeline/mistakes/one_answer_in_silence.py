"""Gives the share of late flights to all when the weather feed is silent.

Fails: lives_without_weather
Says: flights without weather differ
"""

import numpy as np


class Careful(Pipeline):
    def predict_proba(self, rows: pd.DataFrame) -> np.ndarray:
        chances = super().predict_proba(rows)
        chances[rows["visib"].isna()] = [1 - self.rate, self.rate]
        return chances


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    prepare = make_column_transformer((codes, CATEGORIES), ("passthrough", NUMBERS))
    model = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=15, random_state=0)
    careful = Careful([("prepare", prepare), ("model", model)]).fit(frame, late)
    careful.rate = late.mean()
    return careful
