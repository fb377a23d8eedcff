"""Takes the scores for probabilities, cut off at 0 and 1.

Fails: is_reliable
Says: a number between 0 and 1 need not be a probability
"""


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        pass

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return np.clip(scores, 0, 1)
