"""Reports slices that are surely 20 points too low, not those that are surely too low.

Fails: finds_the_weak_slice
Says: Report every slice whose gap is surely above 0
"""


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Report the slices whose gap is above 0, corrected for their number by Holm."""
    table = _measure(flights, late, probability)
    return table[table["low"] > 0.2][COLUMNS]
