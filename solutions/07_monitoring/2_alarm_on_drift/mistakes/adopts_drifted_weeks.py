"""Lets every week into the memory, drifted ones too: soon the drift is what is usual.

Fails: stands_while_the_drift_lasts
Says: a drifted week is no example of a calm one
"""


class DriftMonitor:
    def update(self, batch: pd.DataFrame) -> bool:
        counts = self._count(batch)
        moved = _move(self._quiet, counts) > self._largest_move
        gaps = (batch.isna().mean() > self._largest_gaps).any()
        alarm = bool(moved or gaps)
        self._quiet.append(counts)
        return alarm
