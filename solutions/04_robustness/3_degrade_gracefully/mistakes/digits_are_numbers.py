"""Reads digits in text as numbers.

Fails: refuses_garbage
Says: Refuse digits as text
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
        values = pd.to_numeric(rows[column], errors="coerce")
        if (values.isna() & rows[column].notna()).any():
            raise ValueError(f"{column} should hold numbers.")
        if not (values.between(low, high) | (values.isna() & (column in FEEDS))).all():
            raise ValueError(f"{column} should lie between {low} and {high}.")
