"""Asks a model without names about the whole batch when one carrier of it is new.

Fails: meets_an_unseen_carrier
Says: were asked about apart, and together
"""

import numpy as np


class Careful(Pipeline):
    def predict_proba(self, rows: pd.DataFrame) -> np.ndarray:
        known = rows["carrier"].isin(self.carriers).all()
        return super().predict_proba(rows) if known else self.nameless.predict_proba(rows[NUMBERS])


def train(frame: pd.DataFrame, late: pd.Series) -> Pipeline:
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    prepare = make_column_transformer((codes, CATEGORIES), ("passthrough", NUMBERS))
    model = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=15, random_state=0)
    careful = Careful([("prepare", prepare), ("model", model)]).fit(frame, late)
    careful.carriers = frame["carrier"].unique()
    careful.nameless = HistGradientBoostingClassifier(random_state=0).fit(frame[NUMBERS], late)
    return careful
