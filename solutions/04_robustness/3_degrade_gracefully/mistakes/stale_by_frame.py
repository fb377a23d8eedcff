"""Takes delays for stale where all flights of the frame have the same, and leaves out their age.

Fails: sees_that_delays_are_stale
Says: Half of the flights of a frame
"""


def _prepare(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the ten features, with gaps where nothing is known."""
    rows = rows.reindex(columns=rows.columns.union(FEEDS, sort=False))
    _check(rows)
    rows = rows.astype(dict.fromkeys(FEEDS, float))
    if len(rows) > 1 and rows[DELAYS].nunique().max() <= 1:
        rows[DELAYS] = np.nan
    return rows[[*NAMES, "distance", "hour", *FEEDS]]
