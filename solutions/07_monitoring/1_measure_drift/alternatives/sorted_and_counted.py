"""Count with pandas: bins by `cut`, distribution functions by cumulated counts, and overlaps."""

import math

import numpy as np
import pandas as pd


def psi(reference: pd.Series, current: pd.Series, bins: int = 10) -> float:
    """Population stability index; whole numbers find the places of the edges."""
    _need(len(reference), len(current))
    values = reference.dropna().astype(float).sort_values().tolist()
    ranks = [-(-k * len(values) // bins) for k in range(1, bins)] if values else []
    edges = [-math.inf, *sorted({values[rank - 1] for rank in ranks}), math.inf]
    index = 0.0
    sides = [pd.cut(side.astype(float), edges) for side in (reference, current)]
    counts = pd.concat([side.value_counts(dropna=False) for side in sides], axis=1).fillna(0)
    for before, now in counts.itertuples(index=False):
        p = max(before / len(reference), 0.0001)
        q = max(now / len(current), 0.0001)
        index += (q - p) * math.log(q / p)
    return index


def ks_statistic(reference: pd.Series, current: pd.Series) -> float:
    """Two-sample Kolmogorov-Smirnov statistic, from counts at each value that occurs."""
    _need(reference.count(), current.count())
    counts = [side.dropna().astype(float).value_counts() for side in (reference, current)]
    table = pd.concat(counts, axis=1).fillna(0).sort_index()
    functions = table.cumsum() / table.sum()
    return float((functions.iloc[:, 0] - functions.iloc[:, 1]).abs().max())


def total_variation(reference: pd.Series, current: pd.Series) -> float:
    """Total variation distance: what the two distributions do not share."""
    _need(len(reference), len(current))
    names = pd.Series([*reference, *current], dtype=object)
    codes, known = pd.factorize(names.where(names.notna(), None), use_na_sentinel=False)
    before = np.bincount(codes[: len(reference)], minlength=len(known)) / len(reference)
    now = np.bincount(codes[len(reference) :], minlength=len(known)) / len(current)
    return float(1 - np.minimum(before, now).sum())


def drift_report(
    reference: pd.DataFrame, current: pd.DataFrame, limit: float = 0.1
) -> pd.DataFrame:
    """Report for each column how far it has moved, and whether that is much."""
    _need(len(reference), len(current))
    report = pd.DataFrame(index=reference.columns)
    numbers = [*reference.select_dtypes("number")]
    report["kind"] = ["number" if name in numbers else "category" for name in reference]
    report["distance"] = [_distance(reference[c], current[c], c in numbers) for c in reference]
    report["missing_before"] = reference.isna().mean()
    report["missing_now"] = current[reference.columns].isna().mean()
    gap = report["missing_now"] - report["missing_before"]
    report["moved"] = report["distance"].ge(limit) | gap.abs().ge(limit)
    return report


def _distance(reference: pd.Series, current: pd.Series, number: bool) -> float:
    try:
        return (ks_statistic if number else total_variation)(reference, current)
    except ValueError:
        return math.nan


def _need(before: int, now: int) -> None:
    if before == 0:
        raise ValueError("The sample reference has nothing to compare with.")
    if now == 0:
        raise ValueError("The sample current has nothing to compare.")
