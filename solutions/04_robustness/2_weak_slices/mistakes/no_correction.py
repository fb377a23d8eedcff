"""Reports each slice whose interval lies above 0, as if it were the only one.

Fails: trusts_a_sound_model
Says: Correct for the number of slices
"""


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Report the slices whose gap is above 0, corrected for their number by Holm."""
    table = _measure(flights, late, probability)
    return table[table["low"] > 0][COLUMNS]
