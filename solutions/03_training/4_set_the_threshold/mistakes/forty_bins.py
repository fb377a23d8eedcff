"""Makes forty bins, whether there are flights for them or not.

Fails: copes_with_few_flights
Says: Fit the detail of the curve
"""

BINS = 40


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        inner = np.linspace(0, 1, BINS + 1)[1:-1]
        self._edges = np.unique(held_out["score"].quantile(inner))
        late = held_out["late"].groupby(self._bin(held_out["score"]))
        rate = held_out["late"].mean()
        shares = late.mean()
        self._shares = shares.reindex(range(len(self._edges) + 1), fill_value=rate).to_numpy()

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._shares[self._bin(scores)]

    def _bin(self, scores: np.ndarray) -> np.ndarray:
        return np.searchsorted(self._edges, scores, side="right")
