"""Calls moved whatever has a small p-value, as nearly all has with 6,000 rows.

Fails: reports_moves_by_size
Says: Decide by size, not by a p-value
"""

from scipy.stats import chi2_contingency, ks_2samp


def drift_report(
    reference: pd.DataFrame, current: pd.DataFrame, limit: float = 0.1
) -> pd.DataFrame:
    """Report for each column how far it has moved, and whether that is much."""
    _refuse_empty(reference, current)
    rows = {name: _describe(reference[name], current[name]) for name in reference}
    report = pd.DataFrame.from_dict(rows, orient="index")
    p_values = [_p_value(reference[name], current[name]) for name in reference]
    return report.assign(moved=np.array(p_values) < 0.01)


def _p_value(reference: pd.Series, current: pd.Series) -> float:
    before, now = reference.dropna(), current.dropna()
    if before.empty or now.empty:
        return 0.0
    if is_numeric_dtype(reference):
        return float(ks_2samp(_values(before), _values(now), method="asymp").pvalue)
    week = np.repeat(["before", "now"], [len(before), len(now)])
    names = pd.Series([*before, *now])
    return float(chi2_contingency(pd.crosstab(names, week)).pvalue)
