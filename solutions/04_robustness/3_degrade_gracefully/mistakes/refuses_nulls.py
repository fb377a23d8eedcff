"""Takes a null for garbage, wherever training had none.

Fails: survives_a_lost_feed
Says: should lie between
"""


def _check(rows: pd.DataFrame) -> None:
    """Raise a ValueError that names the first column that holds garbage."""
    if rows.empty:
        raise ValueError("There are no rows.")
    for column in NAMES:
        if column not in rows or rows[column].isna().any():
            raise ValueError(f"{column} is missing.")
    for column, (low, high) in RANGES.items():
        if column not in rows:
            raise ValueError(f"{column} is missing.")
        values = rows[column]
        if not (pd.api.types.is_numeric_dtype(values) or values.isna().all()):
            raise ValueError(f"{column} should hold numbers.")
        if not (values.between(low, high) | (values.isna() & (column in DELAYS))).all():
            raise ValueError(f"{column} should lie between {low} and {high}.")
