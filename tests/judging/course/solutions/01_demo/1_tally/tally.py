import pandas as pd


def mean_delay(frame: pd.DataFrame) -> float:
    return frame["departure_delay"].mean()


class Tally:
    def __init__(self) -> None:
        self.rows = 0

    def add(self, batch: pd.DataFrame) -> None:
        self.rows += len(batch)

    def total(self) -> int:
        return self.rows
