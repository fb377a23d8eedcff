"""Do the scenarios hold on the real year?"""

import hashlib

import numpy as np
import pytest

from workbench.flights.calendar import LIVE_WEEKS
from workbench.flights.table import KEY, open_flights
from workbench.scenarios import (
    ConceptDrift,
    CovariateShift,
    DuplicatedRows,
    HourShift,
    LabelShift,
    NullsBurst,
    RenamedCategory,
    StaleFeed,
    Sudden,
    SwappedColumns,
    UnitChange,
    World,
)

C10 = [
    *("carrier", "origin", "distance", "hour", "precip_3h", "visib"),
    *("delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"),
]
COLUMNS = [*C10, "wind_gust", "observed_at", "late"]
EVENTS = [
    UnitChange("distance", 1.609),
    RenamedCategory("carrier", "UA", "ua"),
    NullsBurst("delay_city_3h", 0.3),
    DuplicatedRows(1.0),
    StaleFeed(("delay_origin_3h", "delay_city_3h")),
    HourShift("hour", 5),
    HourShift("observed_at", 24 - 1),
    SwappedColumns("visib", "wind_gust"),
    CovariateShift("delay_city_3h", 2.0),
    CovariateShift("carrier", 1.0, towards="UA"),
    LabelShift(0.3),
    ConceptDrift("origin == 'EWR' and hour >= 15 and not late", 0.25),
]
any_event = pytest.mark.parametrize("event", EVENTS, ids=repr)


@pytest.fixture(scope="module")
def world():
    return World(open_flights(), seed=7, name="test")


@pytest.fixture(scope="module")
def stream(world):
    return world.stream(COLUMNS)


def psi(expected, seen):
    p, q = (s.value_counts(normalize=True) for s in (expected, seen))
    p, q = p.align(q, fill_value=1e-4)
    return float(((q - p) * np.log(q / p)).sum())


def test_rows_are_the_same_on_every_machine(world):
    planted = world.stream(["flight", "late", "precip_3h"]).plant(
        CovariateShift("precip_3h", 2.0), Sudden(20)
    )
    rows = ",".join(map(str, [*planted.batch(19).frame.flight, *planted.batch(20).frame.flight]))
    assert hashlib.sha256(rows.encode()).hexdigest()[:16] == "f692c581cfe79952"


def test_a_calm_stream_has_full_batches_of_one_type(stream):
    assert stream.weeks == tuple(LIVE_WEEKS)
    assert len(stream.reference) == 13 * 2000
    for batch in stream:
        assert len(batch.frame) == 2000
        assert batch.frame.dtypes.to_dict() == stream.reference.dtypes.to_dict()


@any_event
def test_every_event_happens_in_every_active_week_and_in_no_calm_one(stream, event):
    planted = stream.plant(event)
    assert LIVE_WEEKS[4] <= planted.truth.onset <= LIVE_WEEKS[-5]
    for calm, batch, active in zip(stream, planted, planted.truth.active, strict=True):
        assert batch.frame.equals(calm.frame) is not active


@pytest.mark.parametrize(
    "event", [LabelShift(0.4), CovariateShift("visib", -2.0), CovariateShift("hour", 2.0)], ids=repr
)
def test_a_shift_is_not_given_away_by_repeated_flights(world, event):
    still = world.stream([*KEY, "late", "visib", "hour"], seasonal=False).plant(event, Sudden(14))
    assert not any(batch.frame.duplicated(list(KEY)).any() for batch in still)


def test_label_shift_reaches_its_rate_in_every_week(stream):
    for batch in stream.plant(LabelShift(0.3), Sudden(14)):
        assert batch.frame["late"].mean() == pytest.approx(0.3, abs=0.001)


def test_a_tilt_to_rain_brings_rain(stream):
    wet = stream.plant(CovariateShift("precip_3h", 2.0), Sudden(14))
    rainy = [
        [(batch.frame["precip_3h"] > 0).mean() for batch in batches] for batches in (stream, wet)
    ]
    assert np.mean(rainy[1]) > 1.5 * np.mean(rainy[0])


def test_without_a_season_only_the_seed_moves(world):
    still, real = (world.stream(COLUMNS, seasonal=seasonal) for seasonal in (False, True))
    for column in ("carrier", "origin", "hour", "visib"):
        null = [psi(still.reference[column], batch.frame[column]) for batch in still]
        year = [psi(real.reference[column], batch.frame[column]) for batch in real]
        assert max(null) < 0.05
        assert np.median(year) > np.median(null)
