"""Makes a probability of the shares among five flights.

Fails: is_reliable
Says: Each needs many flights behind it
"""


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        ordered = held_out.sort_values("score")
        bins = np.array_split(np.arange(len(ordered)), len(ordered) // 5)
        self._edges = np.array([ordered["score"].iloc[b[0]] for b in bins[1:]])
        self._shares = np.array([ordered["late"].iloc[b].mean() for b in bins])

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._shares[np.searchsorted(self._edges, scores, side="right")]
