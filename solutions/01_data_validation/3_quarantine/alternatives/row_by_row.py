"""A table of rules, asked row by row in plain Python; the key is counted."""

from collections import Counter
from typing import Any, NamedTuple

import pandas as pd

NEVER_MISSING = ["date", "carrier", "flight", "origin", "dest", "scheduled_departure", "distance"]
OUTCOME = ["tailnum", "departure_time", "departure_delay", "arrival_delay", "air_time"]


class Split(NamedTuple):
    accepted: pd.DataFrame
    quarantined: pd.DataFrame
    verdict: str


def _key(row: Any) -> tuple:
    return row.date, row.carrier, row.flight, row.origin


def _other_day(row: Any) -> bool:
    if pd.isna(row.date) or pd.isna(row.scheduled_departure):
        return False
    return row.scheduled_departure.date() != row.date.date()


RULES = {
    "missing": lambda row: any(pd.isna(getattr(row, name)) for name in NEVER_MISSING),
    "origin": lambda row: pd.notna(row.origin) and row.origin not in {"EWR", "JFK", "LGA"},
    "distance": lambda row: row.distance <= 0,
    "day": _other_day,
    "departure": lambda row: pd.isna(row.departure_time) != pd.isna(row.departure_delay),
}


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch row by row."""
    batch = batch[[name for name in batch if name != "reasons"]]
    if any(name not in batch for name in NEVER_MISSING + OUTCOME):
        return Split(batch.head(0), batch.assign(reasons=["columns"] * len(batch)), "reject")
    rows = [*batch[NEVER_MISSING + OUTCOME].itertuples()]
    keys = Counter(map(_key, rows))
    accepted, quarantined, reasons = [], [], []
    for position, row in enumerate(rows):
        broken = [name for name, rule in RULES.items() if rule(row)]
        if keys[_key(row)] > 1:
            broken.append("repeated")
        if broken:
            quarantined.append(position)
            reasons.append(", ".join(broken))
        else:
            accepted.append(position)
    bad = batch.iloc[quarantined].assign(reasons=reasons)
    reject = not rows or len(bad) > 0.05 * len(rows)
    return Split(batch.iloc[accepted], bad, "reject" if reject else "accept")
