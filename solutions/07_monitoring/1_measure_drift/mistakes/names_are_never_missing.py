"""Counts missing values of numbers alone.

Fails: reports_moves_by_size
Says: Report the share of the current rows without a value
"""


def _describe(reference: pd.Series, current: pd.Series) -> dict[str, str | float]:
    number = is_numeric_dtype(reference)
    if not number:
        distance = total_variation(reference, current)
    elif reference.notna().any() and current.notna().any():
        distance = ks_statistic(reference, current)
    else:
        distance = np.nan
    return {
        "kind": "number" if number else "category",
        "distance": distance,
        "missing_before": reference.isna().mean() if number else 0.0,
        "missing_now": current.isna().mean() if number else 0.0,
    }
