"""Believes no delay of a flight that lacks one of them and another value.

Fails: survives_noise
Says: Use the values that came
"""


class RobustModel:
    def predict_proba(self, rows: pd.DataFrame) -> np.ndarray:
        rows = _prepare(rows)
        two = rows[FEEDS].isna().sum(axis=1) > 1
        lost = two & rows[DELAYS].isna().any(axis=1) & (rows["hour"] > 8)
        rows[DELAYS] = rows[DELAYS].mask(lost)
        return self.model.predict_proba(rows)
