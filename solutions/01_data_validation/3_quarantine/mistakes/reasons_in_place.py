"""Writes the reasons into the caller's frame, and lets a job of its own archive a copy.

Fails: leaves_the_batch_alone
Says: its columns are
"""


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch by the rules of the README."""
    batch.drop(columns="reasons", errors="ignore", inplace=True)
    if not {*NEVER_MISSING, *OUTCOME} <= {*batch.columns}:
        return Split(batch.iloc[:0], batch.assign(reasons="columns"), "reject")
    broken = _broken(batch)
    bad = broken.any(axis=1).to_numpy()  # by position: the index may repeat
    batch["reasons"] = [", ".join(compress(broken.columns, row)) for row in broken.to_numpy()]
    sound = len(batch) > 0 and np.mean(bad) <= LARGEST_SHARE
    return Split(
        accepted=batch[~bad].drop(columns="reasons"),
        quarantined=batch[bad],
        verdict="accept" if sound else "reject",
    )


def nightly(batch: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Split the batch, and archive a copy of it."""
    archive = batch.copy()
    accepted, quarantined, _ = quarantine(batch)
    return {"accepted": accepted, "quarantined": quarantined, "archive": archive}
