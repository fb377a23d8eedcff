"""Reports the slice with the strongest evidence, and no other.

Fails: finds_both_weak_slices
Says: do not end with the first
"""


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Report the slices whose gap is above 0, corrected for their number by Holm."""
    table = _measure(flights, late, probability)
    p = stats.t.sf(table["gap"] / table["error"], table["days"] - 1)
    order = np.argsort(p)
    limits = ALPHA / (len(p) - np.arange(len(p)))
    passed = np.cumprod(p[order] <= limits).astype(bool)
    return table.iloc[order[passed][:1]][COLUMNS]
