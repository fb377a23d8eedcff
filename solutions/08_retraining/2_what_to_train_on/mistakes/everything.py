"""Always trains on all that there is.

Fails: leaves_out_weeks_before_a_change
Says: old weeks teach a relation
"""


def choose_weeks(history: pd.DataFrame) -> list[int]:
    return history["week"].unique().tolist()
