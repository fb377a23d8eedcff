"""Takes the limit of 0.2 from a textbook, and the whole reference for ever.

Fails: reports_a_clock_one_hour_off
Says: An alarm was due by week
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

CATEGORIES = ["carrier", "origin"]
NUMBERS = ["distance", "hour"]
LIMIT = 0.2
GAPS = 0.05  # above the largest share of missing values in them


class DriftMonitor:
    def __init__(self, reference: pd.DataFrame) -> None:
        deciles = np.arange(0.1, 1, 0.1)
        self._edges = {c: np.unique(reference[c].quantile(deciles)) for c in NUMBERS}
        weeks = [week for _, week in reference.groupby("week")]
        counts = [self._count(week) for week in weeks]
        self._largest_gaps = GAPS + pd.DataFrame([week.isna().mean() for week in weeks]).max()
        self._calm = counts

    def update(self, batch: pd.DataFrame) -> bool:
        counts = self._count(batch)
        moved = _move(self._calm, counts) > LIMIT
        gaps = (batch.isna().mean() > self._largest_gaps).any()
        return bool(moved or gaps)

    def _count(self, batch: pd.DataFrame) -> dict[str, Counter]:
        """Count the rows in each category and in each bin; missing values are in none."""
        values = {c: batch[c] for c in CATEGORIES}
        for c in NUMBERS:
            values[c] = pd.Series(np.searchsorted(self._edges[c], batch[c].dropna()))
        return {c: Counter(v.value_counts().to_dict()) for c, v in values.items()}


def _move(before: Sequence[dict[str, Counter]], now: dict[str, Counter]) -> float:
    """Population stability index of the column that moved most."""
    return max(_psi(sum((week[c] for week in before), Counter()), now[c]) for c in now)


def _psi(before: Counter, now: Counter) -> float:
    """Population stability index; half a row more in each bin keeps empty bins finite."""
    bins = before | now
    p, q = (np.array([counts[b] + 0.5 for b in bins]) for counts in (before, now))
    p, q = p / p.sum(), q / q.sum()
    return float(np.sum((q - p) * np.log(q / p)))
