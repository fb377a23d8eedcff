"""Fills gaps with what the other columns let expect, and marks them; curves and a straight model.

The model learns from filled rows how much less they say than known ones.
"""

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.experimental import enable_iterative_imputer  # noqa: F401 - switches the imputer on
from sklearn.impute import IterativeImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, QuantileTransformer, SplineTransformer

NAMES = ["carrier", "origin"]
WEATHER = ["precip_3h", "visib"]
DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
FEEDS = [*WEATHER, *DELAYS]
NUMBERS = ["distance", "hour", *FEEDS]
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
    """An additive model over filled gaps."""

    def __init__(self, frame: pd.DataFrame, late: pd.Series) -> None:
        rng = np.random.default_rng(0)
        rows = prepare(frame)
        whole = rows[rows["hour"] >= FIRST_NEWS]
        self.imputer = IterativeImputer(max_iter=5, random_state=0).fit(whole[NUMBERS])
        curves = make_pipeline(
            QuantileTransformer(n_quantiles=100, random_state=0), SplineTransformer(n_knots=6)
        )
        self.model = make_pipeline(
            make_column_transformer(
                (OneHotEncoder(handle_unknown="ignore"), NAMES),
                (curves, NUMBERS),
                remainder="passthrough",
            ),
            LogisticRegression(C=3, max_iter=300),
        )
        rows = pd.concat([rows, mask(rows, rng), mask(rows, rng)], ignore_index=True)
        self.model.fit(self._fill(rows), np.tile(late, 3))

    def predict_proba(self, rows: pd.DataFrame) -> np.ndarray:
        return self.model.predict_proba(self._fill(prepare(rows)))

    def _fill(self, rows: pd.DataFrame) -> pd.DataFrame:
        early = rows["hour"] < FIRST_NEWS
        gaps = {f"{column}_gap": (rows[column].isna() & ~early) for column in FEEDS}
        mornings = {f"{column}_early": (rows[column].isna() & early) for column in DELAYS}
        lost = rows[DELAYS].isna().all(axis=1) & ~early
        filled = self.imputer.transform(rows[NUMBERS])
        whole = pd.DataFrame(filled, rows.index, NUMBERS)
        return (
            rows[NAMES]
            .join(whole)
            .assign(**gaps, **mornings, lost=lost)
            .astype(dict.fromkeys([*gaps, *mornings, "lost"], float))
        )


def mask(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Lose each feed in a quarter of the rows, and each value of it in a quarter."""
    lost = pd.DataFrame(rng.random((len(rows), len(FEEDS))) < 0.25, rows.index, FEEDS)
    for feed in (WEATHER, DELAYS):
        gone = rng.random(len(rows)) < 0.25
        lost[feed] = lost[feed].to_numpy() | gone[:, None]
    return rows.assign(**rows[FEEDS].mask(lost))


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
