"""Keeps out the wrong airports that somebody has seen: the next wrong one is new.

Fails: keeps_bad_rows_out
Says: one breaks "origin"
"""


def _broken(batch: pd.DataFrame) -> pd.DataFrame:
    """Tell for each row, and each rule in the order of the README, whether it is broken."""
    there = batch.notna()
    other_day = batch["scheduled_departure"].dt.normalize() != batch["date"]
    return pd.DataFrame(
        {
            "missing": ~there[NEVER_MISSING].all(axis=1),
            "origin": batch["origin"].isin(["PHL", "SWF", "jfk"]),
            "distance": batch["distance"] <= 0,
            "day": there["date"] & there["scheduled_departure"] & other_day,
            "departure": there["departure_time"] != there["departure_delay"],
            "repeated": batch.duplicated(KEY, keep=False),
        }
    )
