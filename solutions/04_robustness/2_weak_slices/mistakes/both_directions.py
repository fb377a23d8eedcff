"""Reports slices in which the model is too high as well.

Fails: finds_the_weak_slice
Says: being too high is not asked for
"""

STRICT = 0.0001  # for a report


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Report the slices whose gap is above 0, corrected for their number by Holm."""
    table = _measure(flights, late, probability)
    p = 2 * stats.t.sf(table["gap"].abs() / table["error"], table["days"] - 1)
    order = np.argsort(p)
    limits = STRICT / (len(p) - np.arange(len(p)))
    passed = np.cumprod(p[order] <= limits).astype(bool)
    return table.iloc[order[passed]][COLUMNS]
