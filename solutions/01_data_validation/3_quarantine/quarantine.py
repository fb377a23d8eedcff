"""Split a weekly batch of flights: one mask for each rule."""

from itertools import compress
from typing import NamedTuple

import numpy as np
import pandas as pd

NEVER_MISSING = ["date", "carrier", "flight", "origin", "dest", "scheduled_departure", "distance"]
OUTCOME = ["tailnum", "departure_time", "departure_delay", "arrival_delay", "air_time"]
KEY = ["date", "carrier", "flight", "origin"]
AIRPORTS = ["EWR", "JFK", "LGA"]
LARGEST_SHARE = 0.05


class Split(NamedTuple):
    """What becomes of a batch."""

    accepted: pd.DataFrame
    quarantined: pd.DataFrame
    verdict: str


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch by the rules of the README."""
    batch = batch.drop(columns="reasons", errors="ignore")  # a new frame: the caller's stays
    if not {*NEVER_MISSING, *OUTCOME} <= {*batch.columns}:
        return Split(batch.iloc[:0], batch.assign(reasons="columns"), "reject")
    broken = _broken(batch)
    bad = broken.any(axis=1).to_numpy()  # by position: the index may repeat
    reasons = [", ".join(compress(broken.columns, row)) for row in broken[bad].to_numpy()]
    sound = len(batch) > 0 and np.mean(bad) <= LARGEST_SHARE
    return Split(
        accepted=batch[~bad],
        quarantined=batch[bad].assign(reasons=reasons),
        verdict="accept" if sound else "reject",
    )


def _broken(batch: pd.DataFrame) -> pd.DataFrame:
    """Tell for each row, and each rule in the order of the README, whether it is broken."""
    there = batch.notna()
    other_day = batch["scheduled_departure"].dt.normalize() != batch["date"]
    return pd.DataFrame(
        {
            "missing": ~there[NEVER_MISSING].all(axis=1),
            "origin": there["origin"] & ~batch["origin"].isin(AIRPORTS),
            "distance": batch["distance"] <= 0,
            "day": there["date"] & there["scheduled_departure"] & other_day,
            "departure": there["departure_time"] != there["departure_delay"],
            "repeated": batch.duplicated(KEY, keep=False),
        }
    )
