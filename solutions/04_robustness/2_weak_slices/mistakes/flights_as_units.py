"""Takes each flight as an observation of its own, as if storms hit single flights.

Fails: intervals_know_of_days
Says: Take days as units, not flights
"""

import numpy as np
import pandas as pd
from scipy import stats

LEAST = 60  # flights in a slice
ALPHA = 0.05
COLUMNS = ["column", "value", "rows", "days", "gap", "low", "high"]


def slice_gaps(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Measure the gap of each slice, with a 95 % interval that takes days as units."""
    return _measure(flights, late, probability)[COLUMNS]


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Report the slices whose gap is above 0, corrected for their number by Holm."""
    table = _measure(flights, late, probability)
    p = stats.t.sf(table["gap"] / table["error"], table["days"] - 1)
    order = np.argsort(p)
    limits = ALPHA / (len(p) - np.arange(len(p)))
    passed = np.cumprod(p[order] <= limits).astype(bool)
    return table.iloc[order[passed]][COLUMNS]


def _measure(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    surprise = late.to_numpy(float) - probability.to_numpy()
    dates, _ = pd.factorize(flights["date"])
    found = [
        {"column": column, "value": value} | _gap(surprise[rows], dates[rows])
        for column in flights.columns.drop("date")
        for value, rows in flights.groupby(column).indices.items()
        if len(rows) >= LEAST
    ]
    table = pd.DataFrame(found)
    reach = stats.t.ppf(1 - ALPHA / 2, table["days"] - 1) * table["error"]
    return table.assign(low=table["gap"] - reach, high=table["gap"] + reach)


def _gap(surprise: np.ndarray, dates: np.ndarray) -> dict[str, float]:
    """Measure one slice."""
    rows, days, gap = len(surprise), len(np.unique(dates)), surprise.mean()
    error = surprise.std(ddof=1) / np.sqrt(rows)
    return {"rows": rows, "days": days, "gap": gap, "error": error}
