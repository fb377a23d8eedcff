"""Measures against the share of late flights, not against the model's probabilities.

Fails: measures_every_slice
Says: `gap` should be
"""


def _measure(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    surprise = late.to_numpy(float) - late.mean()
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
