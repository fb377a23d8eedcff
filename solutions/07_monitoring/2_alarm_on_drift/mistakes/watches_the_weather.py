"""Treats weather and delays as it treats the timetable: the season itself becomes an alarm.

Fails: stays_quiet_in_calm_weeks
Says: season, weather and holidays
"""

NUMBERS = ["distance", "hour", *["temp", "precip_3h", "visib", "delay_origin_3h", "delay_city_3h"]]
LIMIT = 0.2  # as textbooks have it


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
