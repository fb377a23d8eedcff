"""Divides by the range of the scores, which is zero where all are equal.

Fails: copes_with_ties
Says: NaN
"""


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        self._low, self._range = held_out["score"].min(), np.ptp(held_out["score"])
        self._curve = IsotonicRegression(out_of_bounds="clip")
        self._curve.fit(np.nan_to_num(self._scaled(held_out["score"])), held_out["late"])

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._curve.predict(self._scaled(scores))

    def _scaled(self, scores: np.ndarray) -> np.ndarray:
        return (scores - self._low) / self._range
