"""Compares the values that are there, and never counts those that are not.

Fails: reports_missing_values
Says: no week raised one
"""


class DriftMonitor:
    def __init__(self, reference: pd.DataFrame) -> None:
        deciles = np.arange(0.1, 1, 0.1)
        self._edges = {c: np.unique(reference[c].quantile(deciles)) for c in NUMBERS}
        weeks = [week for _, week in reference.groupby("week")]
        counts = [self._count(week) for week in weeks]
        moves = [_move(counts[:i] + counts[i + 1 :], week) for i, week in enumerate(counts)]
        self._largest_move = MARGIN * max(moves)
        self._quiet = deque(counts, maxlen=MEMORY)

    def update(self, batch: pd.DataFrame) -> bool:
        counts = self._count(batch)
        alarm = _move(self._quiet, counts) > self._largest_move
        if not alarm:  # a drifted week is no example of a calm one
            self._quiet.append(counts)
        return alarm
