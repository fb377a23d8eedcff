"""Gives up when a feed is silent: every flight gets the share of late flights in training.

Fails: survives_a_lost_feed
Says: Decide by what is left
"""


class RobustModel:
    def __init__(self, frame: pd.DataFrame, late: pd.Series) -> None:
        self.rate = late.mean()
        rng = np.random.default_rng(0)
        rows = _prepare(frame)
        masked = [_mask(rows, rng) for _ in range(2)]
        codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
        self.model = make_pipeline(
            make_column_transformer((codes, NAMES), remainder="passthrough"),
            HistGradientBoostingClassifier(
                max_iter=60, max_leaf_nodes=15, early_stopping=False, random_state=0
            ),
        )
        self.model.fit(pd.concat([rows, *masked]), np.tile(late, 3))

    def predict_proba(self, rows: pd.DataFrame) -> np.ndarray:
        rows = _prepare(rows)
        if any(rows[feed].isna().all(axis=None) for feed in (WEATHER, DELAYS)):
            return np.tile([1 - self.rate, self.rate], (len(rows), 1))
        return self.model.predict_proba(rows)
