"""Takes a sample with nothing in it for one that has not moved.

Fails: refuses_empty_samples
Says: Raise a ValueError that names
"""


def psi(reference: pd.Series, current: pd.Series, bins: int = 10) -> float:
    """Population stability index, over quantile bins of the reference and one of missing values."""
    if reference.empty or current.empty:
        return 0.0
    values = _values(reference)
    edges = np.empty(0)
    if values.size:
        shares = np.arange(1, bins) / bins
        edges = np.unique(np.quantile(values, shares, method="inverted_cdf"))
    before, now = (_bin_shares(side, edges) for side in (reference, current))
    return float(np.sum((now - before) * np.log(now / before)))
