"""Sorts pairs of score and label: among equal scores, late flights come last.

Fails: copes_with_ties
Says: Give equal scores the share of late flights
"""


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        pairs = sorted(zip(held_out["score"], held_out["late"], strict=True))
        bins = np.array_split(np.array(pairs, dtype=float), max(2, min(50, len(pairs) // 50)))
        self._scores = np.array([scores.mean() for scores, _ in (b.T for b in bins)])
        self._shares = np.array([late.mean() for _, late in (b.T for b in bins)])

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return np.interp(scores, self._scores, self._shares)
