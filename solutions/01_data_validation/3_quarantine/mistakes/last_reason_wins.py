"""Writes each reason over the one before.

Fails: keeps_every_reason
Says: one does not replace another
"""


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch by the rules of the README."""
    batch = batch.drop(columns="reasons", errors="ignore")  # a new frame: the caller's stays
    if not {*NEVER_MISSING, *OUTCOME} <= {*batch.columns}:
        return Split(batch.iloc[:0], batch.assign(reasons="columns"), "reject")
    broken = _broken(batch)
    bad = broken.any(axis=1).to_numpy()  # by position: the index may repeat
    reasons = pd.Series("", index=range(len(batch)))
    for rule in broken:
        reasons[broken[rule].to_numpy()] = rule
    reasons = reasons[bad].to_list()
    sound = len(batch) > 0 and np.mean(bad) <= LARGEST_SHARE
    return Split(
        accepted=batch[~bad],
        quarantined=batch[bad].assign(reasons=reasons),
        verdict="accept" if sound else "reject",
    )
