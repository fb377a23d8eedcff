"""Clips delays to the middle half of training, against outliers.

Fails: decides_well_in_calm_weeks
Says: Let storms be seen
"""


class RobustModel:
    def __init__(self, frame: pd.DataFrame, late: pd.Series) -> None:
        rng = np.random.default_rng(0)
        self.low, self.high = frame[DELAYS].quantile(0.25), frame[DELAYS].quantile(0.75)
        rows = self._clip(_prepare(frame))
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
        return self.model.predict_proba(self._clip(_prepare(rows)))

    def _clip(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(**rows[DELAYS].clip(self.low, self.high, axis=1))
