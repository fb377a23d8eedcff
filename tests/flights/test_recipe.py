"""Is the table true? Compared with the source, recomputed in another way."""

import numpy as np
import pandas as pd
import pytest

from workbench.flights import WEEKS, labels_known_at, week_of
from workbench.flights.content import content_digest
from workbench.flights.table import Flights

HOUR = pd.Timedelta(hours=1)
KNOWN = [
    "observed_at", "temp", "dewp", "humid", "pressure", "wind_dir", "wind_speed", "wind_gust",
    "visib", "precip_3h", "delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h",
]  # fmt: skip
SOURCE_KEY = ["year", "month", "day", "carrier", "flight", "origin"]


@pytest.fixture(scope="module")
def table(flights: Flights) -> pd.DataFrame:
    return flights.read(flights.columns, WEEKS)


@pytest.fixture(scope="module")
def paired(table, raw):
    """The table and the source's rows in the table's order."""
    source = raw[0].assign(date=pd.to_datetime(raw[0][["year", "month", "day"]]))
    key = ["date", "carrier", "flight", "origin"]
    return source.merge(table[key], on=key, how="right", validate="one_to_one")


def test_only_31_december_is_left_out(table, raw):
    last_day = (raw[0]["month"] == 12) & (raw[0]["day"] == 31)
    assert len(raw[0]) == 336_776
    assert len(table) == 336_776 - last_day.sum() == 336_000


def test_key_is_unique_and_needs_the_origin(table):
    assert not table.duplicated(["date", "carrier", "flight", "origin"]).any()
    assert table.duplicated(["date", "carrier", "flight"]).sum() == 24


def test_rows_are_in_their_order(table):
    order = ["week", "scheduled_departure", "carrier", "flight", "origin"]
    pd.testing.assert_frame_equal(table[order], table[order].sort_values(order, kind="stable"))


def test_content_is_what_dataset_toml_promises(table, flights, recipe):
    promised = recipe.facts["tables"]["flights"]
    assert promised == {"rows": len(table), "content": content_digest(table)}


def test_weeks_are_those_of_the_calendar(table):
    days = table[["date", "week"]].drop_duplicates()
    assert [week_of(day) for day in days["date"]] == days["week"].tolist()
    assert table.groupby("week").size().between(4_000, 7_500).all()


def test_labels_arrive_as_the_calendar_says(table):
    arrivals = table.groupby("week")["label_known_at"].agg(["min", "max"])
    expected = [labels_known_at(week) for week in WEEKS]
    assert arrivals["min"].tolist() == arrivals["max"].tolist() == expected


def test_late_is_thirty_minutes_or_no_arrival(table, paired):
    expected = (paired["arr_delay"] >= 30) | paired["arr_delay"].isna()
    np.testing.assert_array_equal(table["late"], expected)
    missing = table["arrival_delay"].isna()
    assert missing.sum() > 9_000
    assert table.loc[missing, "late"].all()
    # What the naive comparison would have lost.
    assert missing.sum() / table["late"].sum() == pytest.approx(0.15, abs=0.005)


def test_months_are_as_late_as_measured(table):
    measured = [16.5, 19.2, 18.4, 21.5, 17.2, 26.5, 26.7, 17.8, 10.7, 10.6, 11.2]
    found = 100 * table.groupby("month")["late"].mean()
    np.testing.assert_allclose(found[:11], measured, atol=0.06)


def test_cancelled_flights_have_no_departure(table):
    cancelled = table["departure_delay"].isna()
    for column in ["departure_time", "departure_time_utc", "arrival_time_utc", "air_time"]:
        assert table.loc[cancelled, column].isna().all()
    assert table.loc[table["tailnum"].isna(), "departure_delay"].isna().all()


def test_schedule_is_that_of_the_source(table, paired):
    clock = table["scheduled_departure"].dt
    np.testing.assert_array_equal(clock.hour * 100 + clock.minute, paired["sched_dep_time"])
    local = table["scheduled_departure_utc"].dt.tz_convert("America/New_York").dt.tz_localize(None)
    np.testing.assert_array_equal(local, table["scheduled_departure"])
    np.testing.assert_array_equal(table["weekday"], table["date"].dt.day_of_week)


def test_decision_is_two_hours_before_the_hour_of_departure(table):
    hour = table["scheduled_departure_utc"].dt.floor("h")
    assert (table["decision_time"] == hour - 2 * HOUR).all()


def test_departure_time_shows_the_recorded_clock_even_after_midnight(table, paired):
    departed = table["departure_time"].notna()
    clock = table.loc[departed, "departure_time"].dt
    recorded = paired.loc[departed, "dep_time"] % 2400  # midnight is recorded as 2400
    np.testing.assert_array_equal(clock.hour * 100 + clock.minute, recorded)
    assert (paired["dep_time"] == 2400).sum() == 29
    next_day = clock.normalize() > table.loc[departed, "date"]
    assert next_day.sum() > 1_000


def test_arrival_time_leaves_a_plausible_time_on_the_ground(table):
    flown = (table["arrival_time_utc"] - table["departure_time_utc"]) / pd.Timedelta(minutes=1)
    taxiing = flown - table["air_time"]
    assert taxiing.min() >= 3
    assert taxiing.max() < 240
    # A wrong zone would move a destination by an hour, in summer or in winter.
    typical = taxiing.groupby([table["dest"], table["month"].between(4, 10)]).median().dropna()
    assert typical.between(10, 50).all()


@pytest.mark.parametrize("night", ["2013-03-09", "2013-11-02"])
def test_arrivals_are_right_while_clocks_change(table, night):
    around = table["date"].between(pd.Timestamp(night), pd.Timestamp(night) + 48 * HOUR)
    around &= table["arrival_time_utc"].notna()
    flown = table["arrival_time_utc"] - table["departure_time_utc"]
    taxiing = flown[around] / pd.Timedelta(minutes=1) - table.loc[around, "air_time"]
    assert taxiing.between(3, 150).all()


def test_no_observation_is_newer_than_the_decision(table):
    age = table["decision_time"] - table["observed_at"]
    assert age.min() == HOUR  # labelled h, taken at about h:51
    assert age.max() == 3 * HOUR  # after a gap
    assert (age == HOUR).mean() > 0.99


def test_weather_is_the_newest_honest_observation(table, raw):
    weather = raw[1].assign(at=pd.to_datetime(raw[1]["time_hour"]))
    for flight in table.sample(40, random_state=1).itertuples():
        there = weather[weather["origin"] == flight.origin]
        past = there[there["at"] <= flight.decision_time - HOUR].sort_values("at").tail(3)
        assert flight.observed_at == past["at"].iloc[-1]
        np.testing.assert_array_equal(flight.visib, past["visib"].iloc[-1])
        np.testing.assert_array_equal(flight.pressure, past["pressure"].iloc[-1])
        assert flight.precip_3h == pytest.approx(past["precip"].sum())


def test_weather_keeps_the_glitches_and_the_doubled_hour(flights, raw):
    day = pd.Timestamp("2013-11-03")
    weather = flights.weather(flights.weather_columns, day, day + 24 * HOUR)
    doubled = weather[weather["hour"] == 1]
    assert len(doubled) == 6
    assert not doubled.duplicated(["origin", "time_hour"]).any()
    year = pd.Timestamp("2013-01-01"), pd.Timestamp("2014-01-01")
    every = flights.weather(["wind_speed"], *year)
    assert len(every) == len(raw[1]) == 26_115
    assert every["wind_speed"].max() > 1_000


def test_state_is_the_mean_over_flights_due_to_leave_as_known_then(table):
    due, delay = table["scheduled_departure_utc"], table["departure_delay"]
    for flight in table.sample(30, random_state=2).itertuples():
        now = flight.decision_time
        waited = (now - due) // pd.Timedelta(minutes=1)
        gone = table["departure_time_utc"] < now
        known = delay.where(gone, waited)
        for name, group, hours in (
            ("delay_origin_3h", table["origin"] == flight.origin, 3),
            ("delay_city_3h", table["origin"] != "", 3),
            ("delay_carrier_6h", table["carrier"] == flight.carrier, 6),
        ):
            window = known[group & (due < now) & (due >= now - hours * HOUR)]
            expected = window.sum() / len(window) if len(window) else np.nan
            np.testing.assert_array_equal(getattr(flight, name), expected, err_msg=name)


def test_state_at_the_destination_is_the_mean_over_flights_that_had_landed(table):
    landed = table["arrival_time_utc"]
    for flight in table.sample(30, random_state=2).itertuples():
        now, there = flight.decision_time, table["dest"] == flight.dest
        window = there & (landed < now) & (landed >= now - 6 * HOUR)
        known = table.loc[window, "arrival_delay"]
        expected = known.sum() / len(known) if len(known) else np.nan
        np.testing.assert_array_equal(flight.delay_dest_6h, expected)


@pytest.mark.parametrize("seed", range(8))
def test_features_do_not_move_when_the_future_is_rewritten(table, raw, steps, seed):
    rng = np.random.default_rng(seed)
    now = rng.choice(table["decision_time"].drop_duplicates().dt.tz_localize(None))
    now = pd.Timestamp(now, tz="UTC")
    flights, weather = (near(frame, now).copy() for frame in raw)

    rewrite_the_future(flights, weather, now, rng)

    rewritten = steps.flights_table(flights, weather)
    rewritten = rewritten[rewritten["decision_time"] == now].reset_index(drop=True)
    before = table[table["decision_time"] == now].reset_index(drop=True)
    pd.testing.assert_frame_equal(rewritten[KNOWN], before[KNOWN], check_exact=True)
    assert len(before) > 0
    assert not rewritten["late"].equals(before["late"])


@pytest.mark.parametrize("seed", range(3))
def test_features_move_when_the_past_is_rewritten(table, raw, steps, seed):
    evening = table[(table["hour"] == 18) & table["delay_dest_6h"].notna()]
    now = evening["decision_time"].drop_duplicates().sample(1, random_state=seed).iloc[0]
    flights, weather = (near(frame, now).copy() for frame in raw)
    flights[["dep_delay", "arr_delay"]] += 1  # a minute later than the clocks say
    weather[["visib", "temp"]] += 1

    rewritten = steps.flights_table(flights, weather)
    rewritten = rewritten[rewritten["decision_time"] == now].reset_index(drop=True)
    before = table[table["decision_time"] == now].reset_index(drop=True)
    for name in ["visib", "temp", "delay_origin_3h", "delay_city_3h", "delay_carrier_6h"]:
        assert (rewritten[name] != before[name]).mean() > 0.9


def near(frame: pd.DataFrame, now: pd.Timestamp) -> pd.DataFrame:
    """Rows of the days around a moment: nothing else can matter to it."""
    hour = pd.to_datetime(frame["time_hour"])
    return frame[(hour - now).abs() < 60 * HOUR].reset_index(drop=True)


def rewrite_the_future(flights, weather, now, rng):
    """Change all that was not known at `now`; leave all that was."""
    scheduled = pd.to_datetime(flights["time_hour"]) + pd.to_timedelta(
        flights["minute"], unit="min"
    )
    departed = scheduled + pd.to_timedelta(flights["dep_delay"], unit="min")
    waiting = ~(departed < now)
    flights.loc[waiting, ["dep_time", "dep_delay", "arr_time", "arr_delay", "air_time"]] = np.nan
    delayed = waiting & (rng.random(len(flights)) < 0.5)
    # Away from the gate at a random minute from the decision time on.
    away = (now - scheduled).dt.total_seconds() // 60 + rng.integers(0, 900, len(flights))
    flights.loc[delayed, "dep_delay"] = away[delayed]
    flights.loc[delayed, ["arr_delay", "air_time", "arr_time"]] = [500, 60, 1200]
    # In the air at `now` for sure: it left less than its air time ago.
    flying = (departed < now) & (departed + pd.to_timedelta(flights["air_time"], unit="min") >= now)
    flights.loc[flying, "arr_delay"] = 999
    flights.loc[waiting, "tailnum"] = "N00000"
    unseen = pd.to_datetime(weather["time_hour"]) > now - HOUR
    readings = ["temp", "dewp", "humid", "wind_dir", "wind_speed", "wind_gust", "precip", "visib"]
    weather.loc[unseen, readings] = 77.0
