"""Cuts the bins anew for each week: each holds a tenth of it, whatever has moved.

Fails: psi_follows_the_reference
Says: those of the current window move with it
"""


def psi(reference: pd.Series, current: pd.Series, bins: int = 10) -> float:
    """Population stability index, over quantile bins of the reference and one of missing values."""
    _refuse_empty(reference, current)
    values = _values(current)
    edges = np.empty(0)
    if values.size:
        shares = np.arange(1, bins) / bins
        edges = np.unique(np.quantile(values, shares, method="inverted_cdf"))
    before, now = (_bin_shares(side, edges) for side in (reference, current))
    return float(np.sum((now - before) * np.log(now / before)))
