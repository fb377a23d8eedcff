"""Takes values at the ends of their ranges for broken ones.

Fails: decides_each_week
Says: A sound batch was stopped
"""


def _validate(batch: pd.DataFrame) -> None:
    """Raise a ValueError for a batch that breaks the contract."""
    if lost := [column for column in COLUMNS if column not in batch]:
        raise ValueError(f"columns are not there: {lost}")
    if missing := [column for column in COLUMNS if batch[column].isna().any()]:
        raise ValueError(f"values are missing in {missing}")
    if batch.duplicated(KEY).any():
        raise ValueError("a flight is there twice")
    for column, (low, high) in RANGES.items():
        if not batch[column].between(low, high, inclusive="neither").all():
            raise ValueError(f"{column} is not between {low} and {high}")
