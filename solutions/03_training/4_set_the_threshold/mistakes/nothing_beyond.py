"""Has no answer for scores beyond the past ones: NaN, the default of the library.

Fails: is_reliable
Says: also beyond all past ones
"""


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        held_out = flights[~flights["in_training"]]
        self._curve = IsotonicRegression()
        self._curve.fit(held_out["score"], held_out["late"])
