"""Calls cancelled flights late by their missing departure; diverted ones did depart.

Fails: labels_what_never_arrived
Says: one that was diverted should be late
"""


def make_label(flights: pd.DataFrame) -> pd.Series:
    """Tell which flights came 30 minutes late or more, were cancelled, or diverted."""
    late = flights["arrival_delay"] >= LATE
    return late | flights["departure_delay"].isna()
