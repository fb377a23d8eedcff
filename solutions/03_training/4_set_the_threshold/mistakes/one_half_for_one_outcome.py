"""Says one in two where all past flights had one outcome.

Fails: copes_with_one_outcome
Says: Stay near what was seen
"""


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        self._same = held_out["late"].mean() in (0, 1)
        self._curve = IsotonicRegression(out_of_bounds="clip")
        self._curve.fit(held_out["score"], held_out["late"])

    def probability(self, scores: np.ndarray) -> np.ndarray:
        if self._same:
            return np.full(len(scores), 0.5)
        return self._curve.predict(scores)
