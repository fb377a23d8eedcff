"""Always chooses the same numbers."""

import pandas as pd


def choose_weeks(history: pd.DataFrame) -> list[int]:
    return list(range(1, 53))
