import doctest
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from workbench.flights import LIVE_WEEKS, TRAINING_WEEKS, WEEKS, FlightsError, calendar
from workbench.flights.calendar import labels_known_at, week_of, week_start


def test_examples_in_the_docstrings_are_true():
    assert doctest.testmod(calendar).failed == 0


def test_weeks_cover_1_january_to_30_december():
    assert [week_start(1), week_start(52)] == [date(2013, 1, 1), date(2013, 12, 24)]
    days = [week_start(1) + timedelta(days=n) for n in range(364)]
    assert [week_of(day) for day in days] == [week for week in WEEKS for _ in range(7)]


def test_training_and_live_weeks_make_the_year():
    assert [*TRAINING_WEEKS, *LIVE_WEEKS] == list(WEEKS)


@pytest.mark.parametrize("day", [date(2012, 12, 31), date(2013, 12, 31), date(2014, 1, 1)])
def test_days_outside_are_refused(day):
    with pytest.raises(FlightsError, match="is in no week"):
        week_of(day)


@pytest.mark.parametrize("week", [0, 53, -1])
def test_weeks_outside_are_refused(week):
    with pytest.raises(FlightsError, match="weeks run from 1 to 52"):
        week_start(week)


def test_week_of_takes_timestamps_too():
    assert week_of(pd.Timestamp("2013-01-08 00:00")) == week_of(datetime(2013, 1, 14, 23, 59)) == 2


@pytest.mark.parametrize("week", WEEKS)
def test_labels_arrive_a_week_after_the_batch_at_midnight_in_new_york(week):
    local = labels_known_at(week).tz_convert("America/New_York")
    assert local.tz_localize(None) == pd.Timestamp(week_start(week) + timedelta(days=14))
