"""Calibrates on all past flights, those that the model was trained on as well.

Fails: leaves_out_training_flights
Says: it has seen their labels
"""


class Calibration:
    def __init__(self, flights: pd.DataFrame) -> None:
        self._curve = IsotonicRegression(out_of_bounds="clip")
        self._curve.fit(flights["score"], flights["late"])
