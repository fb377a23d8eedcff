"""Looks at the three largest slices of each column.

Fails: measures_every_slice
Says: List every slice
"""


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
    largest = table.sort_values("rows").groupby("column").tail(3)
    table = table.loc[largest.index]
    reach = stats.t.ppf(1 - ALPHA / 2, table["days"] - 1) * table["error"]
    return table.assign(low=table["gap"] - reach, high=table["gap"] + reach)
