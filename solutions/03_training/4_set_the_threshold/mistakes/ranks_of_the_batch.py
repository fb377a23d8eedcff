"""Ranks new flights among themselves: on a calm day, the first of them looks as on a stormy one.

Fails: judges_flights_alone
Says: never from those that are asked about
"""

from scipy.stats import rankdata


def ranks(scores: np.ndarray) -> np.ndarray:
    return rankdata(scores) / (len(scores) + 1)


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        self._curve = IsotonicRegression(out_of_bounds="clip")
        self._curve.fit(ranks(held_out["score"]), held_out["late"])

    def probability(self, scores: np.ndarray) -> np.ndarray:
        return self._curve.predict(ranks(scores))
