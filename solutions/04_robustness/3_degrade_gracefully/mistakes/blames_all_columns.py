"""Names every column, whichever was wrong.

Fails: refuses_garbage
Says: not the names of all columns
"""


def _check(rows: pd.DataFrame) -> None:
    sound = (
        not rows.empty and {*NAMES, *RANGES} <= {*rows} and not rows[NAMES].isna().any(axis=None)
    )
    for column, (low, high) in RANGES.items() if sound else ():
        values = rows[column]
        missing = values.isna() & (column in FEEDS)
        number = pd.api.types.is_numeric_dtype(values) or values.isna().all()
        sound = sound and bool(number and (values.between(low, high) | missing).all())
    if not sound:
        raise ValueError(f"Look at rows, {', '.join([*NAMES, *RANGES])}.")
