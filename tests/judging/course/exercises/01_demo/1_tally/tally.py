import pandas as pd


def mean_delay(frame: pd.DataFrame) -> float:
    raise NotImplementedError("Task 1: the mean delay")


class Tally:
    def __init__(self) -> None:
        raise NotImplementedError("Task 2: the tally")
