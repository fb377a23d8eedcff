"""Sets the limit at 0.25 by eye; the memory follows a slow drift below it.

Fails: reports_a_slow_drift
Says: An alarm was due by week
"""

from collections import Counter, deque
from collections.abc import Sequence

import numpy as np
import pandas as pd

CATEGORIES = ["carrier", "origin"]
NUMBERS = ["distance", "hour"]
MEMORY = 4  # weeks: enough to average, few enough to follow the season
LIMIT = 0.25
GAPS = 0.15  # above the largest share of missing values in them


class DriftMonitor:
    def __init__(self, reference: pd.DataFrame) -> None:
        deciles = np.arange(0.1, 1, 0.1)
        self._edges = {c: np.unique(reference[c].quantile(deciles)) for c in NUMBERS}
        weeks = [week for _, week in reference.groupby("week")]
        counts = [self._count(week) for week in weeks]
        self._largest_gaps = GAPS + pd.DataFrame([week.isna().mean() for week in weeks]).max()
        self._quiet = deque(counts, maxlen=MEMORY)

    def update(self, batch: pd.DataFrame) -> bool:
        counts = self._count(batch)
        moved = _move(self._quiet, counts) > LIMIT
        gaps = (batch.isna().mean() > self._largest_gaps).any()
        alarm = bool(moved or gaps)
        if not alarm:  # a drifted week is no example of a calm one
            self._quiet.append(counts)
        return alarm

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
