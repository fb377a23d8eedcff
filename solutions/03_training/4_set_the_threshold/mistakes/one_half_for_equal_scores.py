"""Says one in two where scores tell nothing, instead of the share of late flights.

Fails: copes_with_ties
Says: Return the share of late flights when all scores are equal
"""


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        self._equal = np.ptp(held_out["score"]) == 0
        self._curve = IsotonicRegression(out_of_bounds="clip")
        self._curve.fit(held_out["score"], held_out["late"])

    def probability(self, scores: np.ndarray) -> np.ndarray:
        if self._equal:
            return np.full(len(scores), 0.5)
        return self._curve.predict(scores)
