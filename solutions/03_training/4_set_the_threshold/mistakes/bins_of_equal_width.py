"""Cuts the range of the scores into equal bins: nearly all flights can lie in one.

Fails: decides_cheaply_on_any_scores
Says: of the scores, only the order is known
"""


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        self._edges = np.linspace(held_out["score"].min(), held_out["score"].max(), 21)[1:-1]
        rate = held_out["late"].mean()
        bins = np.searchsorted(self._edges, held_out["score"])
        late = np.bincount(bins, weights=held_out["late"], minlength=20)
        self._shares = (late + 2 * rate) / (np.bincount(bins, minlength=20) + 2)

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._shares[np.searchsorted(self._edges, scores)]
