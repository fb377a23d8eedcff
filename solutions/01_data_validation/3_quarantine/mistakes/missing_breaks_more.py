"""Asks what a value is where there is none: a comparison with a missing value is false.

Fails: keeps_every_reason
Says: see what a missing value breaks
"""


def _broken(batch: pd.DataFrame) -> pd.DataFrame:
    """Tell for each row, and each rule in the order of the README, whether it is broken."""
    there = batch.notna()
    other_day = batch["scheduled_departure"].dt.normalize() != batch["date"]
    return pd.DataFrame(
        {
            "missing": ~there[NEVER_MISSING].all(axis=1),
            "origin": there["origin"] & ~batch["origin"].isin(AIRPORTS),
            "distance": ~(batch["distance"] > 0),
            "day": there["date"] & there["scheduled_departure"] & other_day,
            "departure": there["departure_time"] != there["departure_delay"],
            "repeated": batch.duplicated(KEY, keep=False),
        }
    )
