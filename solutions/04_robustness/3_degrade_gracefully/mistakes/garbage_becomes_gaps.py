"""Turns text and impossible values into gaps, which it can live with.

Fails: refuses_garbage
Says: a probability of garbage looks like any other
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
        values = pd.to_numeric(values, errors="coerce")
        rows[column] = values.where(values.between(low, high))
