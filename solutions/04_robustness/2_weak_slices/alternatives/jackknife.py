"""Leave out one day after the other (jackknife), and limit false discoveries.

The p-values of a t distribution are corrected by Benjamini and Hochberg.
"""

import numpy as np
import pandas as pd
from scipy import stats


def slice_gaps(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Measure each slice by itself."""
    surprise = (late.astype(float) - probability).to_numpy()
    dates = flights["date"].to_numpy()
    found = []
    for column in flights.columns.drop("date"):
        for value, rows in flights.groupby(column).indices.items():
            if len(rows) >= 60:
                numbers = _measure(surprise[rows], dates[rows])
                found.append({"column": column, "value": value, "rows": len(rows), **numbers})
    return pd.DataFrame(found)


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Report with at most one false discovery in twenty."""
    table = slice_gaps(flights, late, probability)
    error = (table["high"] - table["low"]) / 2 / stats.t.ppf(0.975, table["days"] - 1)
    p = stats.t.sf(table["gap"] / error, table["days"] - 1)
    return table[stats.false_discovery_control(p) <= 0.05]


def _measure(surprise: np.ndarray, dates: np.ndarray) -> dict[str, float]:
    days, day = np.unique(dates, return_inverse=True)
    count, gap = len(days), surprise.mean()
    without = surprise.sum() - np.bincount(day, weights=surprise)
    gaps = without / (len(surprise) - np.bincount(day))
    error = np.sqrt((count - 1) / count * ((gaps - gaps.mean()) ** 2).sum())
    reach = stats.t.ppf(0.975, count - 1) * error
    return {"days": count, "gap": gap, "low": gap - reach, "high": gap + reach}
