"""Cuts bins at quantiles, and takes for granted that no two are equal.

Fails: copes_with_ties
Says: Bin edges must be unique
"""


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        count = min(25, max(2, len(held_out) // 50))
        bins, edges = pd.qcut(held_out["score"], count, labels=False, retbins=True)
        self._edges = edges[1:-1]
        self._shares = held_out["late"].groupby(bins).mean().to_numpy()

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._shares[np.searchsorted(self._edges, scores)]
