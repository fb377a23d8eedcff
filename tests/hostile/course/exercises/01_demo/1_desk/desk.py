import pandas as pd


def late_share(frame: pd.DataFrame) -> float:
    raise NotImplementedError("Task 1: the share of late flights")


def busiest(frame: pd.DataFrame) -> pd.DataFrame:
    raise NotImplementedError("Task 2: the busiest carriers")


class Tally:
    def __init__(self) -> None:
        raise NotImplementedError("Task 3: the tally")


def predict(history: pd.DataFrame, batch: pd.DataFrame) -> list[bool]:
    raise NotImplementedError("Task 4: the prediction")
