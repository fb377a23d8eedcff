"""Builds the parts row by row from Python values: their dtypes are guessed anew.

Fails: keeps_columns_types_and_order
Says: Keep the dtype
"""


def quarantine(batch: pd.DataFrame) -> Split:
    """Split a batch by the rules of the README."""
    batch = batch.drop(columns="reasons", errors="ignore")  # a new frame: the caller's stays
    if not {*NEVER_MISSING, *OUTCOME} <= {*batch.columns}:
        return Split(batch.iloc[:0], batch.assign(reasons="columns"), "reject")
    broken = _broken(batch)
    bad = broken.any(axis=1).to_numpy()  # by position: the index may repeat
    reasons = [", ".join(compress(broken.columns, row)) for row in broken[bad].to_numpy()]
    records = batch.to_dict("records")
    sound = len(batch) > 0 and np.mean(bad) <= LARGEST_SHARE
    return Split(
        accepted=pd.DataFrame(list(compress(records, ~bad)), columns=batch.columns),
        quarantined=pd.DataFrame(list(compress(records, bad)), columns=batch.columns).assign(
            reasons=reasons
        ),
        verdict="accept" if sound else "reject",
    )
