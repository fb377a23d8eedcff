"""Rejects a batch in which many flights have no departure: in a storm they were cancelled.

Fails: accepts_legal_weeks
Says: whatever the weather
"""


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch by the rules of the README."""
    batch = batch.drop(columns="reasons", errors="ignore")  # a new frame: the caller's stays
    if not {*NEVER_MISSING, *OUTCOME} <= {*batch.columns}:
        return Split(batch.iloc[:0], batch.assign(reasons="columns"), "reject")
    broken = _broken(batch)
    bad = broken.any(axis=1).to_numpy()  # by position: the index may repeat
    reasons = [", ".join(compress(broken.columns, row)) for row in broken[bad].to_numpy()]
    sound = len(batch) > 0 and np.mean(bad) <= LARGEST_SHARE
    sound = sound and batch["departure_time"].isna().mean() < 0.1
    return Split(
        accepted=batch[~bad],
        quarantined=batch[bad].assign(reasons=reasons),
        verdict="accept" if sound else "reject",
    )
