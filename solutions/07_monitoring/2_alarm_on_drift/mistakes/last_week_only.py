"""Compares with last week alone: a drift is news for one week.

Fails: stands_while_the_drift_lasts
Says: From the first alarm on it was up in
"""

MEMORY = 1


class DriftMonitor:
    def update(self, batch: pd.DataFrame) -> bool:
        counts = self._count(batch)
        moved = _move(self._quiet, counts) > self._largest_move
        gaps = (batch.isna().mean() > self._largest_gaps).any()
        alarm = bool(moved or gaps)
        self._quiet.append(counts)
        return alarm
