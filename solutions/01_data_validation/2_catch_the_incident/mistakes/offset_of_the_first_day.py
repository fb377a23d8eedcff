"""The offset of the first day is asked of all seven.

Fails: accepts_clean_weeks
Says: expect_column_values_to_be_in_set(utc_offset)
"""


def _offsets_of_new_york(week_start: datetime.date) -> list[int]:
    """Hours by which UTC is ahead of New York in a week: two where the clocks change."""
    midnights = [week_start + datetime.timedelta(days=day) for day in range(1)]
    clock = datetime.time(tzinfo=ZoneInfo("America/New_York"))
    ahead = [datetime.datetime.combine(day, clock).utcoffset() for day in midnights]
    return sorted({int(-offset.total_seconds()) // 3600 for offset in ahead if offset})
