"""Rejects a batch that has lost a column, and yet accepts its rows.

Fails: rejects_a_broken_feed
Says: if a column is lost
"""


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch by the rules of the README."""
    batch = batch.drop(columns="reasons", errors="ignore")  # a new frame: the caller's stays
    if not {*NEVER_MISSING, *OUTCOME} <= {*batch.columns}:
        return Split(batch, batch.iloc[:0].assign(reasons="columns"), "reject")
    broken = _broken(batch)
    bad = broken.any(axis=1).to_numpy()  # by position: the index may repeat
    reasons = [", ".join(compress(broken.columns, row)) for row in broken[bad].to_numpy()]
    sound = len(batch) > 0 and np.mean(bad) <= LARGEST_SHARE
    return Split(
        accepted=batch[~bad],
        quarantined=batch[bad].assign(reasons=reasons),
        verdict="accept" if sound else "reject",
    )
