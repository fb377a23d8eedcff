"""Leaves small slices out of the table, and reports them all the same.

Fails: finds_the_weak_slice
Says: Report no slice with fewer than
"""

LEAST = 30  # flights in a slice


def slice_gaps(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Measure the gap of each slice, with a 95 % interval that takes days as units."""
    table = _measure(flights, late, probability)
    return table[table["rows"] >= 60][COLUMNS]
