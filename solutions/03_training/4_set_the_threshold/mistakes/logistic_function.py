"""Takes every score for a logit: the curve has the right look, from 0 to 1.

Fails: is_reliable
Says: a number between 0 and 1 need not be a probability
"""


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        pass

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-scores))
