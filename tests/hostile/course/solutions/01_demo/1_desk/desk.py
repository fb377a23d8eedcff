import pandas as pd


def late_share(frame: pd.DataFrame) -> float:
    return float(frame["late"].mean())


def busiest(frame: pd.DataFrame) -> pd.DataFrame:
    counts = frame.groupby("carrier").size().reset_index(name="flights")
    return counts.sort_values(["flights", "carrier"], ascending=[False, True], ignore_index=True)


class Tally:
    def __init__(self) -> None:
        self.rows = 0

    def add(self, batch: pd.DataFrame) -> None:
        self.rows += len(batch)

    def total(self) -> int:
        return self.rows


def predict(history: pd.DataFrame, batch: pd.DataFrame) -> list[bool]:
    keys = ["hour", "origin"]
    share = history.groupby(keys)["late"].mean()
    known = batch.set_index(keys).index.map(share)
    return [bool(value > 0.5) for value in known]
