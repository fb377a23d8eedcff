"""Drops the flights after the morning of which no delay is known.

Fails: survives_a_lost_feed
Says: Return one row of two probabilities for each flight
"""


class RobustModel:
    def predict_proba(self, rows: pd.DataFrame) -> np.ndarray:
        rows = _prepare(rows)
        lost = rows[DELAYS].isna().all(axis=1) & (rows["hour"] > 9)
        return self.model.predict_proba(rows[~lost])
