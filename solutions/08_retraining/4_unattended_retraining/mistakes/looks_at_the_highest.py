"""Compares each column with the highest value that can be, and not with the lowest.

Fails: stops_at_a_broken_batch
Says: A batch with a value below its range
"""


def _validate(batch: pd.DataFrame) -> None:
    """Raise a ValueError for a batch that breaks the contract."""
    if lost := [column for column in COLUMNS if column not in batch]:
        raise ValueError(f"columns are not there: {lost}")
    if missing := [column for column in COLUMNS if batch[column].isna().any()]:
        raise ValueError(f"values are missing in {missing}")
    if batch.duplicated(KEY).any():
        raise ValueError("a flight is there twice")
    for column, (_, high) in RANGES.items():
        if batch[column].max() > high:
            raise ValueError(f"{column} is above {high}")
