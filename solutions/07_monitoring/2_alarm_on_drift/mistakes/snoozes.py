"""Stays silent for two months after an alarm of some weeks, so that nobody is woken up twice.

Fails: reports_a_drift_that_returns
Says: When it came back
"""

SNOOZE = 8  # weeks


class DriftMonitor:
    def __init__(self, reference: pd.DataFrame) -> None:
        deciles = np.arange(0.1, 1, 0.1)
        self._edges = {c: np.unique(reference[c].quantile(deciles)) for c in NUMBERS}
        weeks = [week for _, week in reference.groupby("week")]
        counts = [self._count(week) for week in weeks]
        moves = [_move(counts[:i] + counts[i + 1 :], week) for i, week in enumerate(counts)]
        self._largest_move = MARGIN * max(moves)
        self._largest_gaps = GAPS + pd.DataFrame([week.isna().mean() for week in weeks]).max()
        self._quiet = deque(counts, maxlen=MEMORY)
        self._up = 0  # weeks
        self._snooze = 0

    def update(self, batch: pd.DataFrame) -> bool:
        counts = self._count(batch)
        moved = _move(self._quiet, counts) > self._largest_move
        gaps = (batch.isna().mean() > self._largest_gaps).any()
        self._snooze -= 1
        alarm = bool(moved or gaps) and self._snooze <= 0
        if self._up >= 2 and not alarm:
            self._snooze = SNOOZE
        if not (moved or gaps):
            self._quiet.append(counts)
        self._up = self._up + 1 if alarm else 0
        return alarm
