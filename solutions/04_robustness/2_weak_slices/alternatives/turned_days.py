"""Draw whole days for the intervals, and turn the signs of whole days for the decision.

If the model is right, a day's surprise is as often above as below 0. All slices of a day are turned
together, so the largest statistic by chance knows how slices overlap: Westfall and Young (1993).
"""

import numpy as np
import pandas as pd

DRAWS = 1000


def slice_gaps(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Measure each slice, with a bootstrap that draws whole days."""
    table, totals, counts = _daily(flights, late, probability)
    return _with_intervals(table, totals, counts)


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Report the slices above what the largest reaches by chance in 19 of 20 cases."""
    table, totals, counts = _daily(flights, late, probability)
    signs = np.random.default_rng(1).choice([-1.0, 1.0], size=(len(totals), DRAWS))
    scale = np.sqrt((totals**2).sum(axis=0))
    largest = (totals.T @ signs / scale[:, None]).max(axis=0)
    above = totals.sum(axis=0) / scale > np.quantile(largest, 0.95)
    table = _with_intervals(table, totals, counts)
    return table[above & (table["low"] > 0)]


def _daily(
    flights: pd.DataFrame, late: pd.Series, probability: pd.Series
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return the table, and sums and numbers of flights by day (rows) and slice (columns)."""
    surprise = (late.astype(float) - probability).to_numpy()
    day, days = pd.factorize(flights["date"])
    found, totals, counts = [], [], []
    for column in flights.columns.drop("date"):
        for value, rows in flights.groupby(column).indices.items():
            if len(rows) >= 60:
                totals.append(np.bincount(day[rows], surprise[rows], len(days)))
                counts.append(np.bincount(day[rows], minlength=len(days)))
                flown = int((counts[-1] > 0).sum())
                found.append((column, value, len(rows), flown, surprise[rows].mean()))
    table = pd.DataFrame(found, columns=["column", "value", "rows", "days", "gap"])
    return table, np.array(totals).T, np.array(counts).T


def _with_intervals(table: pd.DataFrame, totals: np.ndarray, counts: np.ndarray) -> pd.DataFrame:
    days = len(totals)
    rng = np.random.default_rng(0)
    times = rng.multinomial(days, np.full(days, 1 / days), size=DRAWS).astype(float)
    gaps = (times @ totals) / np.maximum(times @ counts, 1)
    low, high = np.quantile(gaps, [0.025, 0.975], axis=0)
    return table.assign(low=low, high=high)
