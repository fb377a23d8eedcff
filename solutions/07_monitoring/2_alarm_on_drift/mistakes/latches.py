"""Once raised for two weeks, the alarm stays up for ever: nothing here ever takes it back.

Fails: reports_a_drift_that_returns
Says: End the alarm when the drift ends
"""


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
        self._streak = 0
        self._latched = False

    def update(self, batch: pd.DataFrame) -> bool:
        counts = self._count(batch)
        moved = _move(self._quiet, counts) > self._largest_move
        gaps = (batch.isna().mean() > self._largest_gaps).any()
        alarm = bool(moved or gaps)
        self._streak = self._streak + 1 if alarm else 0
        self._latched = self._latched or self._streak >= 2
        if not (alarm or self._latched):
            self._quiet.append(counts)
        return alarm or self._latched
