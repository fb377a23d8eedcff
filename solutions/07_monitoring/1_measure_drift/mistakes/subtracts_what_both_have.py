"""Subtracts shares name by name: where one side lacks the name, the difference is missing.

Fails: categories_count_on_both_sides
Says: with share 0 where it is not
"""


def total_variation(reference: pd.Series, current: pd.Series) -> float:
    """Total variation distance; missing values are one more name."""
    _refuse_empty(reference, current)
    before, now = (side.astype(object).value_counts() / len(side) for side in (reference, current))
    names = (before - now).abs().sum()
    gaps = abs(reference.isna().mean() - current.isna().mean())
    return float((names + gaps) / 2)
