"""Scales the scores to lie between 0 and 1, and calls that calibrated.

Fails: is_reliable
Says: changes their unit
"""


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        self._low, self._high = flights["score"].min(), flights["score"].max()

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return np.clip((scores - self._low) / (self._high - self._low), 0, 1)
