import os
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError
from datetime import date

import pandas as pd
import pyarrow.parquet as pq
import pytest

from workbench.flights import FlightsError, labels_known_at
from workbench.flights.table import Flights

C10 = [
    "carrier", "origin", "distance", "hour", "precip_3h", "visib",
    "delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h",
]  # fmt: skip


def test_only_the_columns_and_weeks_asked_for(flights: Flights):
    frame = flights.read(["late", "week", "carrier"], [20, 3])
    assert list(frame.columns) == ["late", "week", "carrier"]
    assert frame["week"].unique().tolist() == [3, 20]
    assert isinstance(frame.index, pd.RangeIndex)


def test_weeks_are_read_as_they_are_in_the_whole(flights: Flights):
    whole = flights.read(C10, range(1, 10))
    parts = pd.concat([flights.read(C10, [week]) for week in range(1, 10)], ignore_index=True)
    pd.testing.assert_frame_equal(whole, parts)


def test_each_week_is_a_row_group(flights: Flights):
    metadata = pq.read_metadata(flights.folder / "flights.parquet")
    assert metadata.num_row_groups == 52
    for group in range(52):
        week = metadata.row_group(group).column(flights.columns.index("week")).statistics
        assert week.min == week.max == group + 1


def test_no_weeks_is_an_empty_frame(flights: Flights):
    empty = flights.read(C10, [])
    assert len(empty) == 0
    assert empty.dtypes.equals(flights.read(C10, [1]).dtypes)


def test_model_features_have_plain_types(flights: Flights):
    kinds = [dtype.kind for dtype in flights.read(C10[2:], [30]).dtypes]
    assert set(kinds) == {"i", "f"}


@pytest.mark.parametrize(
    ("columns", "weeks", "message"),
    [
        (["delay_orgin_3h"], [1], "no column 'delay_orgin_3h'. Near it: delay_origin_3h"),
        (["zzzz"], [1], "no column 'zzzz'. Near it: week, date"),
        ("late", [1], r"\['late'\], not 'late'"),
        (["late", "late"], [1], "asked for twice"),
        (["late"], [0], "no week 0: weeks run from 1 to 52"),
        (["late"], range(50, 54), "no week 53"),
    ],
)
def test_a_wrong_question_is_answered_in_words(flights: Flights, columns, weeks, message):
    with pytest.raises(FlightsError, match=message):
        flights.read(columns, weeks)


def test_a_file_that_vanished_is_told_with_the_next_step(flights: Flights, tmp_path):
    gone = Flights(tmp_path, flights.columns, flights.weather_columns)
    with pytest.raises(FlightsError, match="Open the table again"):
        gone.read(["late"], [1])


def test_labels_that_have_not_arrived_are_left_out(flights: Flights):
    now = labels_known_at(20)
    known = flights.labels(range(18, 24), known_by=now)
    assert known["week"].unique().tolist() == [18, 19, 20]
    assert (known["label_known_at"] <= now).all()
    a_moment_before = flights.labels(range(18, 24), known_by=now - pd.Timedelta(seconds=1))
    assert a_moment_before["week"].max() == 19


def test_labels_stand_in_the_order_of_the_flights(flights: Flights):
    labels = flights.labels([7])
    pd.testing.assert_series_equal(labels["late"], flights.read(["late"], [7])["late"])
    key = ["week", "date", "carrier", "flight", "origin", "late", "label_known_at"]
    assert list(labels.columns) == key


def test_labels_want_a_moment_with_a_zone(flights: Flights):
    with pytest.raises(FlightsError, match="needs a time zone"):
        flights.labels([1], known_by=pd.Timestamp("2013-05-01"))


def test_weather_of_a_local_day(flights: Flights):
    weather = flights.weather(["origin", "day", "temp"], date(2013, 7, 4), date(2013, 7, 5))
    assert list(weather.columns) == ["origin", "day", "temp"]
    assert len(weather) == 72
    assert weather["day"].unique().tolist() == [4]


@pytest.mark.parametrize("moment", ["2013-07-04 05:00", "2013-07-04T00:00Z"])
def test_weather_wants_days_not_moments(flights: Flights, moment):
    with pytest.raises(FlightsError, match="local days"):
        flights.weather(["temp"], pd.Timestamp(moment), date(2013, 7, 5))


def test_an_open_table_is_frozen_and_travels(flights: Flights):
    with pytest.raises(FrozenInstanceError):
        flights.columns = ()
    assert pickle.loads(pickle.dumps(flights)) == flights


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads as Linux does")
def test_reading_starts_no_thread(flights: Flights):
    code = (
        "import os; from pathlib import Path; from workbench.flights.table import Flights\n"
        "count = lambda: len(os.listdir('/proc/self/task'))\n"
        f"table = Flights(Path({str(flights.folder)!r}), ('late', 'carrier'), ('temp',))\n"
        "before = count(); table.read(['late', 'carrier'], range(1, 30)); print(count() - before)"
    )
    quiet = {"JE_ARROW_MALLOC_CONF": "background_thread:false", "OMP_NUM_THREADS": "1"}
    assert run(code, quiet) == "0"


def test_calendar_and_status_load_nothing_heavy(flights: Flights):
    code = (
        "import sys; import workbench.flights as f\n"
        "f.week_of(f.week_start(9))\n"
        f"from pathlib import Path; f.status(cache=Path({str(flights.folder.parents[1])!r}))\n"
        "print(sorted({'pandas', 'numpy', 'pyarrow', 'sklearn'} & set(sys.modules)))"
    )
    assert run(code, {}) == "[]"


def run(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
