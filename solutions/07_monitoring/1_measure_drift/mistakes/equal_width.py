"""Cuts the range of the reference into steps of equal width.

Fails: psi_follows_the_reference
Says: equal steps put most rows into a few bins
"""


def psi(reference: pd.Series, current: pd.Series, bins: int = 10) -> float:
    """Population stability index, over quantile bins of the reference and one of missing values."""
    _refuse_empty(reference, current)
    values = _values(reference)
    edges = np.empty(0)
    if values.size:
        edges = np.linspace(values.min(), values.max(), bins + 1)[1:-1]
    before, now = (_bin_shares(side, edges) for side in (reference, current))
    return float(np.sum((now - before) * np.log(now / before)))
