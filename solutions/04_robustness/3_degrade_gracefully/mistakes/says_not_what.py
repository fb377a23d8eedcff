"""Refuses garbage without saying what was wrong.

Fails: refuses_garbage
Says: Say what is wrong
"""


def _check(rows: pd.DataFrame) -> None:
    """Raise a ValueError that names the first column that holds garbage."""
    if rows.empty:
        raise ValueError("There are no rows.")
    for column in NAMES:
        if column not in rows or rows[column].isna().any():
            raise ValueError("Bad input.")
    for column, (low, high) in RANGES.items():
        if column not in rows:
            raise ValueError("Bad input.")
        values = rows[column]
        if not (pd.api.types.is_numeric_dtype(values) or values.isna().all()):
            raise ValueError("Bad input.")
        if not (values.between(low, high) | (values.isna() & (column in FEEDS))).all():
            raise ValueError("Bad input.")
