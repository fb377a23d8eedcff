"""Always trains on the last month.

Fails: keeps_calm_weeks
Says: before you decide how many to use: you took 4
"""


def choose_weeks(history: pd.DataFrame) -> list[int]:
    return history["week"].unique().tolist()[-4:]
