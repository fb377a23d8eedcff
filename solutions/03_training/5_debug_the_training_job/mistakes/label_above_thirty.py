"""Repairs the missing delays, and calls a flight on time that is 30 minutes late.

Fails: labels_what_never_arrived
Says: one that came 30 minutes late should be late
"""


def make_label(flights: pd.DataFrame) -> pd.Series:
    """Tell which flights came 30 minutes late or more, were cancelled, or diverted."""
    return ~(flights["arrival_delay"] <= LATE)  # a missing delay is not below
