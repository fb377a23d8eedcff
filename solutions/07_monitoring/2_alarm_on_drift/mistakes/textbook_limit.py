"""Takes the limit of 0.2 from a textbook, and the whole reference for ever.

Fails: reports_a_clock_one_hour_off
Says: An alarm was due by week
"""

LIMIT = 0.2


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
