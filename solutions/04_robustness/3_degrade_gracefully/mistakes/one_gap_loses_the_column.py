"""Throws away a column in which a tenth of the values is missing in the evening.

Fails: survives_a_lost_feed
Says: Look at each flight by itself
"""


class RobustModel:
    def predict_proba(self, rows: pd.DataFrame) -> np.ndarray:
        rows = _prepare(rows)
        missing = rows.loc[rows["hour"] > 15, FEEDS[:-1]].isna().mean()
        rows[missing.index[missing > 0.1]] = np.nan
        return self.model.predict_proba(rows)
