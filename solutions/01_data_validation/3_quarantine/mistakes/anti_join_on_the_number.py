"""Takes out of the accepted all flights with the number of a bad one, not the bad one alone.

Fails: keeps_bad_rows_out
Says: sound rows were quarantined
"""


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch by the rules of the README."""
    batch = batch.drop(columns="reasons", errors="ignore")  # a new frame: the caller's stays
    if not {*NEVER_MISSING, *OUTCOME} <= {*batch.columns}:
        return Split(batch.iloc[:0], batch.assign(reasons="columns"), "reject")
    broken = _broken(batch)
    bad = broken.any(axis=1).to_numpy()  # by position: the index may repeat
    numbers = batch["flight"][bad]
    sound = len(batch) > 0 and np.mean(bad) <= LARGEST_SHARE
    return Split(
        accepted=batch[~batch["flight"].isin(numbers)],
        quarantined=batch[batch["flight"].isin(numbers)].assign(reasons="see the number"),
        verdict="accept" if sound else "reject",
    )
