"""Takes one limit, which no flight exceeds, for all columns.

Fails: stops_at_a_broken_batch
Says: Stop, and raise nothing
"""

LIMIT = 5000


def _validate(batch: pd.DataFrame) -> None:
    """Raise a ValueError for a batch that breaks the contract."""
    if lost := [column for column in COLUMNS if column not in batch]:
        raise ValueError(f"columns are not there: {lost}")
    if missing := [column for column in COLUMNS if batch[column].isna().any()]:
        raise ValueError(f"values are missing in {missing}")
    if batch.duplicated(KEY).any():
        raise ValueError("a flight is there twice")
    if (batch[list(RANGES)].abs() > LIMIT).any(axis=None):
        raise ValueError(f"a value is beyond {LIMIT}")
