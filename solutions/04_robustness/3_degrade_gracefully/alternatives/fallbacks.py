"""One model for each set of feeds that can be there; each is trained without the others.

When some delays are known, they stand in for those that are not. A feed is lost where none of its
values is known at an hour at which there is always one.
"""

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import Pipeline, make_pipeline
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
FIRST_NEWS = 8  # from this hour on, somebody has left before
OLDEST = 6  # hours; older delays say little about a flight


def train(frame: pd.DataFrame, late: pd.Series) -> "RobustModel":
    """Train a model that goes on when feeds fail."""
    return RobustModel(frame, late)


class RobustModel:
    """Asks, for each flight, the model that was trained with what is known of it."""

    def __init__(self, frame: pd.DataFrame, late: pd.Series) -> None:
        rows = fill(prepare(frame))
        self.columns = {
            (weather, delays): [*rows.columns.drop(FEEDS), *WEATHER * weather, *DELAYS * delays]
            for weather in (False, True)
            for delays in (False, True)
        }
        self.models = {key: fit(rows[columns], late) for key, columns in self.columns.items()}

    def predict_proba(self, rows: pd.DataFrame) -> np.ndarray:
        rows = fill(prepare(rows))
        weather = rows[WEATHER].notna().all(axis=1)
        delays = rows["delay_city_3h"].notna() | (rows["hour"] < FIRST_NEWS)
        chances = np.empty((len(rows), 2))
        for key, columns in self.columns.items():
            here = ((weather == key[0]) & (delays == key[1])).to_numpy()
            if here.any():
                chances[here] = self.models[key].predict_proba(rows.loc[here, columns])
        return chances


def fit(rows: pd.DataFrame, late: pd.Series) -> Pipeline:
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    return make_pipeline(
        make_column_transformer((codes, NAMES), remainder="passthrough"),
        HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=7, random_state=0),
    ).fit(rows, late)


def fill(rows: pd.DataFrame) -> pd.DataFrame:
    """Let each delay stand in for the one that is nearest to it."""
    origin, city, carrier, dest = (rows[column] for column in DELAYS)
    morning = rows["hour"] < FIRST_NEWS
    city = city.fillna(origin).fillna(carrier.mask(morning))
    origin, carrier = origin.fillna(city), carrier.fillna(city.mask(morning))
    return rows.assign(**dict(zip(DELAYS, (origin, city, carrier, dest), strict=True)))


def prepare(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the ten features, with gaps where nothing is known."""
    rows = rows.reindex(columns=rows.columns.union(FEEDS, sort=False))
    check(rows)
    rows = rows.astype(dict.fromkeys(FEEDS, float))
    stale = rows["delay_age"] > OLDEST
    rows[DELAYS] = rows[DELAYS].mask(stale)
    return rows[[*NAMES, "distance", "hour", *FEEDS]]


def check(rows: pd.DataFrame) -> None:
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
