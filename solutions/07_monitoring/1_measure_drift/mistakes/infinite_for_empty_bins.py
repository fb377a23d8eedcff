"""Takes the logarithm of an empty bin's share, which is 0.

Fails: psi_is_always_defined
Says: so that the logarithm is finite
"""


def psi(reference: pd.Series, current: pd.Series, bins: int = 10) -> float:
    """Population stability index, over quantile bins of the reference and one of missing values."""
    _refuse_empty(reference, current)
    values = _values(reference)
    edges = np.empty(0)
    if values.size:
        shares = np.arange(1, bins) / bins
        edges = np.unique(np.quantile(values, shares, method="inverted_cdf"))
    before, now = (_bin_shares(side, edges) for side in (reference, current))
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.nansum((now - before) * np.log(now / before)))


def _bin_shares(column: pd.Series, edges: np.ndarray) -> np.ndarray:
    """Shares of all rows: one for each bin, closed on the right, and one for missing values."""
    places = np.searchsorted(edges, _values(column), side="left")
    counts = np.append(np.bincount(places, minlength=len(edges) + 1), column.isna().sum())
    return counts / len(column)
