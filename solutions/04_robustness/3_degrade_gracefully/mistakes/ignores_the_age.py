"""Believes delays however old they are.

Fails: sees_that_delays_are_stale
Says: Look at `delay_age`
"""


def _prepare(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the ten features, with gaps where nothing is known."""
    rows = rows.reindex(columns=rows.columns.union(FEEDS, sort=False))
    _check(rows)
    rows = rows.astype(dict.fromkeys(FEEDS, float))
    return rows[[*NAMES, "distance", "hour", *FEEDS]]
