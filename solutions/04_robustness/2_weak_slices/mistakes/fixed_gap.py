"""Asks for a gap of so many points in slices of some size, and not what chance does there.

Fails: finds_the_weak_slice
Says: and however large
"""

GAP, SIZE = 0.05, 300


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Report the slices whose gap is above 0, corrected for their number by Holm."""
    table = _measure(flights, late, probability)
    large = (table["gap"] > GAP) & (table["rows"] >= SIZE)
    return table[large & (table["low"] > 0)][COLUMNS]
