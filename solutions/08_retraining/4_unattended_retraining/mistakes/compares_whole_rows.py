"""Takes a flight for twice there only if all its columns are the same.

Fails: stops_at_a_broken_batch
Says: A batch with a flight that is there twice
"""


def _validate(batch: pd.DataFrame) -> None:
    """Raise a ValueError for a batch that breaks the contract."""
    if lost := [column for column in COLUMNS if column not in batch]:
        raise ValueError(f"columns are not there: {lost}")
    if missing := [column for column in COLUMNS if batch[column].isna().any()]:
        raise ValueError(f"values are missing in {missing}")
    if batch.duplicated().any():
        raise ValueError("a flight is there twice")
    for column, (low, high) in RANGES.items():
        if not batch[column].between(low, high).all():
            raise ValueError(f"{column} is not between {low} and {high}")
