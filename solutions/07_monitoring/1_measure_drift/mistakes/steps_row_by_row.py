"""Steps from row to row, and so measures between two equal values.

Fails: ks_compares_every_value
Says: with all its ties
"""


def ks_statistic(reference: pd.Series, current: pd.Series) -> float:
    """Two-sample Kolmogorov-Smirnov statistic of the values that are there."""
    _refuse_empty(reference.dropna(), current.dropna())
    before, now = _values(reference), _values(current)
    steps = np.repeat([1 / len(before), -1 / len(now)], [len(before), len(now)])
    order = np.argsort(np.concatenate([before, now]), kind="stable")
    return float(np.abs(np.cumsum(steps[order])).max())
