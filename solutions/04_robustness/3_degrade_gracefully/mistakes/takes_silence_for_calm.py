"""Trains on rows as they are: gaps look like the early morning, when all is calm.

Fails: survives_a_lost_feed
Says: is no quiet morning
"""


class RobustModel:
    def __init__(self, frame: pd.DataFrame, late: pd.Series) -> None:
        rows = _prepare(frame)
        codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
        self.model = make_pipeline(
            make_column_transformer((codes, NAMES), remainder="passthrough"),
            HistGradientBoostingClassifier(
                max_iter=60, max_leaf_nodes=15, early_stopping=False, random_state=0
            ),
        )
        self.model.fit(rows, late)
