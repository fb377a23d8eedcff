import re
from pathlib import Path

import pandas as pd
import pytest

from workbench.flights import LIVE_WEEKS, TRAINING_WEEKS
from workbench.flights.table import Flights

DATASHEET = Path(__file__).parents[2] / "datasets" / "flights" / "DATASHEET.md"
CATEGORIES = ["carrier", "origin"]
NUMBERS = ["distance", "hour", "precip_3h", "visib"]
STATE = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
READINGS = ["temp", "dewp", "humid", "pressure", "wind_dir", "wind_speed", "wind_gust"]
OUTCOME = ["departure_delay", "arrival_delay", "air_time"]


def test_every_column_is_explained(flights: Flights):
    named = set(re.findall(r"`(\w+)`", DATASHEET.read_text(encoding="utf-8")))
    assert set(flights.columns) | set(flights.weather_columns) <= named


def area_under_curve(scores: pd.Series, late: pd.Series) -> float:
    """Probability that a late flight ranks above another one; nulls rank in the middle."""
    ranks = scores.fillna(scores.median()).rank()
    positive = int(late.sum())
    area = (ranks[late].sum() - positive * (positive + 1) / 2) / (positive * (~late).sum())
    return max(area, 1 - area)


def test_no_known_column_is_too_good_to_be_true(flights: Flights):
    columns = ["scheduled_arrival_time", "weekday", "month", *NUMBERS, *READINGS, *STATE]
    frame = flights.read([*columns, "late"], LIVE_WEEKS)
    alone = {name: area_under_curve(frame[name], frame["late"]) for name in columns}
    assert max(alone.values()) < 0.74, alone


@pytest.mark.parametrize("leak", OUTCOME[:2])
def test_the_same_measure_sees_a_leak(flights: Flights, leak):
    frame = flights.read([leak, "late"], LIVE_WEEKS)
    assert area_under_curve(frame[leak], frame["late"]) > 0.8


def test_a_sound_model_is_as_good_as_measured(flights: Flights):
    ensemble = pytest.importorskip("sklearn.ensemble")
    train, live = (
        flights.read([*CATEGORIES, *NUMBERS, *STATE, "late"], weeks)
        for weeks in (TRAINING_WEEKS, LIVE_WEEKS)
    )
    for name in CATEGORIES:
        seen = pd.CategoricalDtype(sorted(train[name].unique()))
        train[name], live[name] = train[name].astype(seen), live[name].astype(seen)
    model = ensemble.HistGradientBoostingClassifier(
        max_iter=60, max_leaf_nodes=15, random_state=0, categorical_features="from_dtype"
    ).fit(train.drop(columns="late"), train["late"])
    risk = pd.Series(model.predict_proba(live.drop(columns="late"))[:, 1])

    alarm, late = risk >= 1 / 6, live["late"]
    cost = 1_000 * (5 * (late & ~alarm).mean() + (~late & alarm).mean())
    assert area_under_curve(risk, late) == pytest.approx(0.760, abs=0.01)
    assert cost == pytest.approx(544, abs=12)
