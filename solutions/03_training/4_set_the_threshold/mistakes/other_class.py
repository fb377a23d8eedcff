"""Returns the probability of being on time.

Fails: is_reliable
Says: not the one of being on time
"""


class Calibration:
    def probability(self, scores: np.ndarray) -> np.ndarray:
        return 1 - self._curve.predict(scores)
