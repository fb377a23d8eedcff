"""Repairs all but the label: a missing arrival delay is not 30 or more, so it is on time.

Fails: labels_what_never_arrived
Says: one that was
"""


def make_label(flights: pd.DataFrame) -> pd.Series:
    """Tell which flights came 30 minutes late or more, were cancelled, or diverted."""
    return flights["arrival_delay"] >= LATE
