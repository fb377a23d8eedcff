"""Does each incident plant what it says, in as many rows as it says?"""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.scenarios import (
    DuplicatedRows,
    HourShift,
    NullsBurst,
    RenamedCategory,
    ScenarioError,
    StaleFeed,
    SwappedColumns,
    UnitChange,
    generator,
)

STRENGTHS = st.floats(0, 1)
SEEDS = st.integers(0, 2**32)
prop = settings(max_examples=25)


def rows(size, share):
    return math.ceil(share * size - 1e-9)


@prop
@given(strength=STRENGTHS, seed=SEEDS)
def test_a_unit_changes_in_the_share_of_rows(week, strength, seed):
    gust = week["gust"] + 1
    after = UnitChange("gust", 3.6).apply(week.assign(gust=gust), generator(seed), strength)["gust"]
    assert (after != gust).sum() == rows(len(week), strength)
    assert np.isin(after, [*gust, *(gust * 3.6)]).all()


def test_fahrenheit_becomes_celsius():
    frame = pd.DataFrame({"temp": [32.0, 212.0, np.nan]})
    after = UnitChange("temp", 5 / 9, offset=-160 / 9).apply(frame, generator(1))["temp"]
    np.testing.assert_allclose(after, [0.0, 100.0, np.nan], atol=1e-12)


def test_whole_numbers_are_rounded():
    frame = pd.DataFrame({"distance": pd.Series([1000, 17], dtype="int16")})
    after = UnitChange("distance", 1.609).apply(frame, generator(1))
    assert after["distance"].tolist() == [1609, 27]
    assert after["distance"].dtype == "int16"


def test_whole_numbers_that_do_not_fit_are_refused():
    frame = pd.DataFrame({"distance": pd.Series([30_000], dtype="int16")})
    with pytest.raises(ScenarioError, match="The changed 'distance' does not fit in int16"):
        UnitChange("distance", 1.609).apply(frame, generator(1))


@prop
@given(strength=STRENGTHS, seed=SEEDS)
def test_a_category_is_renamed_in_the_share_of_its_rows(week, strength, seed):
    after = RenamedCategory("carrier", "UA", "ua").apply(week, generator(seed), strength)
    before, now = week["carrier"], after["carrier"]
    assert (now == "ua").sum() == rows((before == "UA").sum(), strength)
    assert (before[now == "ua"] == "UA").all()
    assert now[now != "ua"].equals(before[now != "ua"])


def test_a_category_that_is_absent_this_week_changes_nothing(week):
    after = RenamedCategory("carrier", "HA", "ha").apply(week, generator(1))
    pd.testing.assert_frame_equal(after, week)


@prop
@given(rate=st.floats(0.01, 1), strength=STRENGTHS, seed=SEEDS)
def test_a_burst_has_its_rate(week, rate, strength, seed):
    after = NullsBurst("gust", rate).apply(week, generator(seed), strength)["gust"]
    assert after.isna().sum() == rows(len(week), rate * strength)
    assert after.dropna().equals(week["gust"][after.notna()])


def test_a_burst_makes_floats_of_whole_numbers(week):
    after = NullsBurst("distance", 0.5).apply(week, generator(1))
    assert after["distance"].dtype == "float64"


@prop
@given(share=st.floats(0.01, 1), strength=STRENGTHS, seed=SEEDS)
def test_duplicates_come_after_the_rows_that_they_repeat(week, share, strength, seed):
    after = DuplicatedRows(share).apply(week, generator(seed), strength)
    pd.testing.assert_frame_equal(after.head(len(week)), week)
    again = after["flight"].iloc[len(week) :]
    assert len(again) == rows(len(week), share * strength)
    assert again.is_unique
    assert again.is_monotonic_increasing
    assert after.duplicated().sum() == len(again)


@prop
@given(strength=st.floats(0.01, 1), seed=SEEDS)
def test_a_stale_feed_repeats_the_value_before_the_stretch(week, strength, seed):
    frame = week.assign(flight=np.arange(len(week)))
    after = StaleFeed(("flight", "carrier")).apply(frame, generator(seed), strength)
    values, counts = np.unique(after["flight"], return_counts=True)
    start, length = values[counts.argmax()], rows(len(week), strength)
    assert counts.max() in (length, length + 1)  # with the row whose value is held
    held = after["flight"] == start
    assert (after["carrier"][held] == week["carrier"].iloc[start]).all()
    assert after["flight"][~held].equals(frame["flight"][~held])


def test_a_feed_that_hangs_on_a_gap_holds_the_last_value():
    frame = pd.DataFrame({"temp": [np.nan, 50.0, np.nan, 60.0]})
    for seed in range(20):
        after = StaleFeed(("temp",)).apply(frame, generator(seed), 1.0)["temp"]
        assert after.tolist() == [50.0] * 4


def test_a_feed_without_any_value_stays_empty():
    frame = pd.DataFrame({"temp": [np.nan, np.nan]})
    assert StaleFeed(("temp",)).apply(frame, generator(1)).equals(frame)


@prop
@given(hours=st.integers(-23, 23).filter(bool), strength=STRENGTHS, seed=SEEDS)
def test_a_clock_is_wrong_in_the_share_of_rows(week, hours, strength, seed):
    after = HourShift("hour", hours).apply(week, generator(seed), strength)["hour"]
    wrong = after != week["hour"]
    assert wrong.sum() == rows(len(week), strength)
    assert after.between(0, 23).all()
    assert ((after - week["hour"])[wrong] % 24 == hours % 24).all()


def test_a_point_in_time_moves_to_the_next_day():
    frame = pd.DataFrame({"t": pd.to_datetime(["2013-04-02 22:00", None])})
    after = HourShift("t", 5).apply(frame, generator(1))["t"]
    assert after[0] == pd.Timestamp("2013-04-03 03:00")
    assert after[1] is pd.NaT


@prop
@given(strength=STRENGTHS, seed=SEEDS)
def test_columns_are_swapped_in_the_share_of_rows(week, strength, seed):
    frame = week.assign(visib=-1.0 - week["gust"])
    after = SwappedColumns("visib", "gust").apply(frame, generator(seed), strength)
    swapped = after["visib"] >= 0
    assert swapped.sum() == rows(len(week), strength)
    assert after["visib"][swapped].equals(frame["gust"][swapped])
    assert after["gust"][swapped].equals(frame["visib"][swapped])
    assert after[~swapped].equals(frame[~swapped])


def test_whole_numbers_and_floats_can_be_swapped(week):
    after = SwappedColumns("hour", "visib").apply(week, generator(1))
    assert after["hour"].equals(week["visib"])
    assert after["visib"].astype("int64").equals(week["hour"])
