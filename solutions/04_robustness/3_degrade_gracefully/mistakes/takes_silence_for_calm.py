"""Trains on rows as they are: gaps look like the early morning, when all is calm.

Fails: survives_a_lost_feed
Says: is no quiet morning
"""

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

NAMES = ["carrier", "origin"]
WEATHER = ["precip_3h", "visib"]
DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
FEEDS = [*WEATHER, *DELAYS]
RANGES = {
    "distance": (1, 10_000),
    "hour": (0, 23),
    "precip_3h": (0, 50),
    "visib": (0, 10),
    **dict.fromkeys(DELAYS, (-300, 3_000)),
    "delay_age": (0, 1_000),
}
OLDEST = 6  # hours; older delays say little about a flight


class RobustModel:
    """Checks what it is asked, turns stale delays into gaps, and has learnt to live with gaps."""

    def __init__(self, frame: pd.DataFrame, late: pd.Series) -> None:
        rows = _prepare(frame)
        codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
        self.model = make_pipeline(
            make_column_transformer((codes, NAMES), remainder="passthrough"),
            HistGradientBoostingClassifier(
                max_iter=60, max_leaf_nodes=15, early_stopping=False, random_state=0
            ),
        )
        self.model.fit(rows, late)

    def predict_proba(self, rows: pd.DataFrame) -> np.ndarray:
        return self.model.predict_proba(_prepare(rows))


def train(frame: pd.DataFrame, late: pd.Series) -> RobustModel:
    """Train a model that goes on when feeds fail."""
    return RobustModel(frame, late)


def _prepare(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the ten features, with gaps where nothing is known."""
    rows = rows.reindex(columns=rows.columns.union(FEEDS, sort=False))
    _check(rows)
    rows = rows.astype(dict.fromkeys(FEEDS, float))
    stale = rows["delay_age"] > OLDEST
    rows[DELAYS] = rows[DELAYS].mask(stale)
    return rows[[*NAMES, "distance", "hour", *FEEDS]]


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
        if not (values.between(low, high) | (values.isna() & (column in FEEDS))).all():
            raise ValueError(f"{column} should lie between {low} and {high}.")
