"""Finds nothing, and measures nothing."""

import pandas as pd

COLUMNS = ["column", "value", "rows", "days", "gap", "low", "high"]


def slice_gaps(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(columns=COLUMNS)


def weak_slices(flights: pd.DataFrame, late: pd.Series, probability: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(columns=COLUMNS)
