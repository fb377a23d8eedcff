"""Quarantines all rows that share a label of the index with a bad one.

Fails: brings_each_row_out_once
Says: the same label in the index
"""


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch by the rules of the README."""
    batch = batch.drop(columns="reasons", errors="ignore")  # a new frame: the caller's stays
    if not {*NEVER_MISSING, *OUTCOME} <= {*batch.columns}:
        return Split(batch.iloc[:0], batch.assign(reasons="columns"), "reject")
    broken = _broken(batch)
    bad = broken.any(axis=1).to_numpy()  # by position: the index may repeat
    bad = batch.index.isin(batch.index[bad])
    reasons = [", ".join(compress(broken.columns, row)) for row in broken[bad].to_numpy()]
    sound = len(batch) > 0 and np.mean(bad) <= LARGEST_SHARE
    return Split(
        accepted=batch[~bad],
        quarantined=batch[bad].assign(reasons=reasons),
        verdict="accept" if sound else "reject",
    )
