"""Sets the limit at 0.25 by eye; the memory follows a slow drift below it.

Fails: reports_a_slow_drift
Says: An alarm was due by week
"""

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
