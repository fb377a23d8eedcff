"""Refuses every run for its data."""

import pandas as pd
from sklearn.pipeline import Pipeline


def rebuild(run_id: str, archive: dict[str, pd.DataFrame]) -> Pipeline:
    raise ValueError("other data")


def verify(run_id: str, archive: dict[str, pd.DataFrame], flights: pd.DataFrame) -> str:
    return "other data"
