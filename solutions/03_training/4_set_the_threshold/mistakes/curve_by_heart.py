"""Knows one normal curve over the rank of the score, and shifts it to the share of late flights.

Fails: is_reliable
Says: how fast they rise with the score
"""

from scipy.optimize import brentq
from scipy.special import expit, ndtri

SPREAD = 1.43


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        self._past, self._rate = np.sort(held_out["score"].to_numpy()), held_out["late"].mean()
        self._told = 0 < self._rate < 1 and self._past[0] < self._past[-1]
        if self._told:
            odds = SPREAD * self._normal(self._past)
            self._shift = brentq(lambda a: expit(a + odds).mean() - self._rate, -20, 20)

    def probability(self, scores: np.ndarray) -> np.ndarray:
        if not self._told:
            return np.full(len(scores), self._rate)
        return expit(self._shift + SPREAD * self._normal(scores))

    def _normal(self, scores: np.ndarray) -> np.ndarray:
        sides = [np.searchsorted(self._past, scores, side=side) for side in ("left", "right")]
        return ndtri((sum(sides) + 1) / 2 / (len(self._past) + 1))
