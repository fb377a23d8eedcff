"""Adds the reasons of this run to those of the last.

Fails: runs_again
Says: from an earlier run
"""


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch by the rules of the README."""
    old = batch.get("reasons")
    batch = batch.drop(columns="reasons", errors="ignore")  # a new frame: the caller's stays
    if not {*NEVER_MISSING, *OUTCOME} <= {*batch.columns}:
        return Split(batch.iloc[:0], batch.assign(reasons="columns"), "reject")
    broken = _broken(batch)
    bad = broken.any(axis=1).to_numpy()  # by position: the index may repeat
    reasons = [", ".join(compress(broken.columns, row)) for row in broken[bad].to_numpy()]
    if old is not None:
        reasons = [f"{a}, {b}" for a, b in zip(old[bad], reasons, strict=True)]
    sound = len(batch) > 0 and np.mean(bad) <= LARGEST_SHARE
    return Split(
        accepted=batch[~bad],
        quarantined=batch[bad].assign(reasons=reasons),
        verdict="accept" if sound else "reject",
    )
