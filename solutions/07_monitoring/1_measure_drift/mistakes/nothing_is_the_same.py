"""Takes a sample with nothing in it for one that has not moved.

Fails: refuses_empty_samples
Says: Raise a ValueError that names
"""

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

LEAST_SHARE = 0.0001  # of an empty bin: the logarithm of 0 would be infinite


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


def ks_statistic(reference: pd.Series, current: pd.Series) -> float:
    """Two-sample Kolmogorov-Smirnov statistic of the values that are there."""
    _refuse_empty(reference.dropna(), current.dropna())
    before, now = np.sort(_values(reference)), np.sort(_values(current))
    points = np.concatenate([before, now])
    shares = [np.searchsorted(v, points, side="right") / len(v) for v in (before, now)]
    return float(np.abs(shares[0] - shares[1]).max())


def total_variation(reference: pd.Series, current: pd.Series) -> float:
    """Total variation distance; missing values are one more name."""
    _refuse_empty(reference, current)
    before, now = (side.astype(object).value_counts() / len(side) for side in (reference, current))
    names = before.subtract(now, fill_value=0).abs().sum()
    gaps = abs(reference.isna().mean() - current.isna().mean())
    return float((names + gaps) / 2)


def drift_report(
    reference: pd.DataFrame, current: pd.DataFrame, limit: float = 0.1
) -> pd.DataFrame:
    """Report for each column how far it has moved, and whether that is much."""
    _refuse_empty(reference, current)
    rows = {name: _describe(reference[name], current[name]) for name in reference}
    report = pd.DataFrame.from_dict(rows, orient="index")
    more_missing = (report["missing_now"] - report["missing_before"]).abs()
    return report.assign(moved=(report["distance"] >= limit) | (more_missing >= limit))


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
        "missing_before": reference.isna().mean(),
        "missing_now": current.isna().mean(),
    }


def _bin_shares(column: pd.Series, edges: np.ndarray) -> np.ndarray:
    """Shares of all rows: one for each bin, closed on the right, and one for missing values."""
    places = np.searchsorted(edges, _values(column), side="left")
    counts = np.append(np.bincount(places, minlength=len(edges) + 1), column.isna().sum())
    return np.maximum(counts / len(column), LEAST_SHARE)


def _values(column: pd.Series) -> np.ndarray:
    return column.dropna().to_numpy(dtype=float)


def _refuse_empty(reference: pd.Series | pd.DataFrame, current: pd.Series | pd.DataFrame) -> None:
    for name, side in (("reference", reference), ("current", current)):
        if side.empty:
            raise ValueError(f"There is nothing to compare: {name} is empty.")
