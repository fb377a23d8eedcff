"""Reports the three slices with the largest gaps.

Fails: trusts_a_sound_model
Says: Ask for evidence, not for a large gap
"""


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Report the slices whose gap is above 0, corrected for their number by Holm."""
    table = _measure(flights, late, probability)
    return table.nlargest(3, "gap")[COLUMNS]
