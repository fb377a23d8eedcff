"""Another job: a forest of large leaves, with names as columns, that draws its rows itself."""

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder

NAMES = ["carrier", "origin"]
KNOWN = ["distance", "hour", "precip_3h", "visib"]
DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]


def make_label(flights: pd.DataFrame) -> pd.Series:
    delay = flights["arrival_delay"]
    return delay.isna() | (delay >= 30)


def make_features(flights: pd.DataFrame) -> pd.DataFrame:
    return flights[NAMES + KNOWN + DELAYS]


def train(flights: pd.DataFrame, seed: int) -> Pipeline:
    codes = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=20)
    prepare = make_column_transformer((codes, NAMES), remainder="passthrough")
    forest = RandomForestClassifier(50, min_samples_leaf=10, random_state=seed)
    steps = [FunctionTransformer(make_features), prepare, forest]
    return make_pipeline(*steps).fit(flights, make_label(flights))


def report(chance: np.ndarray, late: np.ndarray) -> dict[str, float]:
    acts = chance >= 1 / 6
    misses, alarms = (late & ~acts).sum(), (~late & acts).sum()
    flights, missed_by_all = len(late), late.sum()
    return {
        "cost": 1000 * float(5 * misses + alarms) / flights,
        "constant": 1000 * float(min(5 * missed_by_all, flights - missed_by_all)) / flights,
        "predicted": float(np.average(chance)),
        "late": float(missed_by_all / flights),
    }
