"""Compares with the reference for ever, and calls everything drift that none of its weeks did.

The timetable follows the season, too: in autumn no week is like one of last winter.

Fails: stays_quiet_in_calm_weeks
Says: calm weeks raised an alarm
"""


class DriftMonitor:
    def __init__(self, reference: pd.DataFrame) -> None:
        deciles = np.arange(0.1, 1, 0.1)
        self._edges = {c: np.unique(reference[c].quantile(deciles)) for c in NUMBERS}
        weeks = [week for _, week in reference.groupby("week")]
        counts = [self._count(week) for week in weeks]
        moves = [_move(counts[:i] + counts[i + 1 :], week) for i, week in enumerate(counts)]
        self._largest_move = max(moves)
        self._largest_gaps = GAPS + pd.DataFrame([week.isna().mean() for week in weeks]).max()
        self._quiet = counts

    def update(self, batch: pd.DataFrame) -> bool:
        counts = self._count(batch)
        moved = _move(self._quiet, counts) > self._largest_move
        gaps = (batch.isna().mean() > self._largest_gaps).any()
        return bool(moved or gaps)
