"""Joins the daily sums to the table, and keeps one row for each day.

Fails: measures_every_slice
Says: return one row a slice
"""


def slice_gaps(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    """Measure the gap of each slice, with a 95 % interval that takes days as units."""
    table = _measure(flights, late, probability)[COLUMNS]
    return table.loc[table.index.repeat(table["days"])]
