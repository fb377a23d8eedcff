"""Labels the flights that arrived and drops the others: they have no delay.

Fails: labels_what_never_arrived
Says: Return one bool a flight
"""


def make_label(flights: pd.DataFrame) -> pd.Series:
    """Tell which flights came 30 minutes late or more, were cancelled, or diverted."""
    return flights["arrival_delay"].dropna() >= LATE
