"""A long table of complaints, one line for each row and rule; accepted is who is not in it."""

from typing import NamedTuple

import pandas as pd

COLUMNS = [
    *("date", "carrier", "flight", "origin", "dest", "scheduled_departure", "distance"),
    *("tailnum", "departure_time", "departure_delay", "arrival_delay", "air_time"),
]
KEY = COLUMNS[:4]
QUERIES = {
    "missing": " or ".join(f"{name}.isna()" for name in COLUMNS[:7]),
    "origin": "origin.notna() and origin not in ['EWR', 'JFK', 'LGA']",
    "distance": "distance <= 0",
    "day": "(scheduled_departure.dt.normalize() - date).dt.days.fillna(0) != 0",
    "departure": "departure_time.isna() != departure_delay.isna()",
}


class Split(NamedTuple):
    accepted: pd.DataFrame
    quarantined: pd.DataFrame
    verdict: str


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch by joins on the number of the row."""
    rows = batch.loc[:, batch.columns != "reasons"].reset_index(drop=True)
    if len(rows.columns.intersection(COLUMNS)) < len(COLUMNS):
        return Split(rows[:0], rows.assign(reasons="columns"), "reject")
    found = [
        rows.query(query).index.to_frame(name="row").assign(rule=r) for r, query in QUERIES.items()
    ]
    sizes = rows.groupby(KEY, dropna=False, observed=True)["dest"].transform("size")
    found.append(rows.index[sizes > 1].to_frame(name="row").assign(rule="repeated"))
    complaints = pd.concat(found).groupby("row")["rule"].agg(", ".join).rename("reasons")
    quarantined = rows.join(complaints, how="inner")
    accepted = rows.join(complaints, how="left").query("reasons.isna()").drop(columns="reasons")
    broken = rows.empty or len(quarantined) / len(rows) > 0.05
    return Split(accepted, quarantined, "reject" if broken else "accept")
