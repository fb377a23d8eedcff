"""Remembers the keys of earlier batches: a batch that is sent again repeats itself.

Fails: runs_again
Says: not by earlier batches
"""

_seen: set[tuple] = set()


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch by the rules of the README."""
    batch = batch.drop(columns="reasons", errors="ignore")  # a new frame: the caller's stays
    if not {*NEVER_MISSING, *OUTCOME} <= {*batch.columns}:
        return Split(batch.iloc[:0], batch.assign(reasons="columns"), "reject")
    broken = _broken(batch)
    keys = list(batch[KEY].itertuples(index=False, name=None))
    broken["repeated"] |= np.array([key in _seen for key in keys], dtype=bool)
    _seen.update(keys)
    bad = broken.any(axis=1).to_numpy()  # by position: the index may repeat
    reasons = [", ".join(compress(broken.columns, row)) for row in broken[bad].to_numpy()]
    sound = len(batch) > 0 and np.mean(bad) <= LARGEST_SHARE
    return Split(
        accepted=batch[~bad],
        quarantined=batch[bad].assign(reasons=reasons),
        verdict="accept" if sound else "reject",
    )
