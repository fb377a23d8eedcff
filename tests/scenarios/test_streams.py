"""Do streams carry what was planted, and nothing else, however they are read?"""

import hashlib
import random
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest

from workbench.scenarios import (
    ColumnEvent,
    ConceptDrift,
    CovariateShift,
    DuplicatedRows,
    Gradual,
    LabelShift,
    NullsBurst,
    Recurring,
    RenamedCategory,
    ScenarioError,
    Sudden,
    UnitChange,
    World,
)

PLANTED = [
    (UnitChange("distance", 1.609), Sudden(20)),
    (NullsBurst("visib", 0.3), Gradual(20, 4)),
    (CovariateShift("distance", 2.0), Recurring(20, 2, 2)),
    (LabelShift(0.5), Sudden(20)),
    (ConceptDrift("hour >= 15", 0.5), Sudden(20)),
    (DuplicatedRows(0.5), Sudden(20)),
]
any_event = pytest.mark.parametrize(("event", "when"), PLANTED, ids=str)


def digest(frame):
    return hashlib.sha256(frame.to_csv(index=False).encode()).hexdigest()[:16]


@any_event
def test_a_batch_is_the_same_in_order_twice_or_alone(stream, world, event, when):
    planted = stream.plant(event, when)
    in_order = {batch.week: batch.frame for batch in planted}
    twice = {batch.week: batch.frame for batch in planted}
    other = world.stream(stream.pools.columns, stream.weeks, range(8, 14), stream.rows)
    for week in random.Random(1).sample(stream.weeks, 5):
        pd.testing.assert_frame_equal(in_order[week], twice[week])
        pd.testing.assert_frame_equal(in_order[week], other.plant(event, when).batch(week).frame)


def test_a_stream_is_the_same_on_every_machine(stream):
    planted = stream
    for event, when in PLANTED:
        planted = planted.plant(event, when)
    assert digest(stream.batch(20).frame) == "a10f0532deb7df15"
    assert digest(planted.batch(21).frame) == "d296a26a40521bd4"


@any_event
def test_calm_weeks_are_those_of_the_calm_stream(stream, event, when):
    planted = stream.plant(event, when)
    for calm, batch, active in zip(stream, planted, planted.truth.active, strict=True):
        assert calm.week == batch.week
        assert batch.frame.equals(calm.frame) is not active
    pd.testing.assert_frame_equal(planted.reference, stream.reference)


def test_a_calm_stream_is_rows_of_its_weeks_in_order(stream, world):
    for batch in stream:
        whole = world.week(batch.week, stream.pools.columns)
        assert len(batch.frame) == 100
        assert batch.frame["flight"].is_monotonic_increasing
        assert batch.frame["flight"].is_unique
        assert batch.frame["flight"].isin(whole["flight"]).all()
        pd.testing.assert_frame_equal(
            batch.frame, world.week(batch.week, stream.pools.columns, rows=100)
        )
    assert not any(stream.truth.active)
    assert stream.description == "Nothing is planted."


def test_the_reference_has_its_weeks_and_rows(stream):
    weeks = stream.reference["flight"] // 1000
    assert weeks.value_counts().to_dict() == dict.fromkeys(range(8, 14), 100)


def test_planting_makes_a_new_stream(stream):
    planted = stream.plant(UnitChange("distance", 2.0), Sudden(20))
    assert stream.planted == ()
    assert len(planted.planted) == 1
    assert len(planted) == len(stream) == 16


def test_each_week_is_read_once_and_only_when_a_row_is_asked_for(stream, table):
    assert not table.reads
    stream.batch(20)
    assert table.reads == dict.fromkeys(range(14, 30), 1)
    planted = stream.plant(UnitChange("distance", 2.0)).plant(LabelShift(0.5))
    list(planted), list(stream), planted.reference
    assert table.reads == dict.fromkeys(range(8, 30), 1)


def test_writing_into_a_batch_leaves_the_stream(world):
    stream = world.stream(["hour"], weeks=[20], reference_weeks=[13], rows=None)
    frame, reference = stream.batch(20).frame, stream.reference
    before = frame.copy(deep=True), reference.copy(deep=True)
    frame["hour"] = 0
    reference.loc[:, "hour"] = 0
    pd.testing.assert_frame_equal(stream.batch(20).frame, before[0])
    pd.testing.assert_frame_equal(stream.reference, before[1])


def test_events_happen_in_the_order_of_planting(stream):
    rename, double = RenamedCategory("carrier", "UA", "XX"), DuplicatedRows(1.0)
    again = RenamedCategory("carrier", "XX", "YY")
    with pytest.raises(ScenarioError, match="Nothing would change: The category 'XX'"):
        stream.plant(again, Sudden(20))
    first, second = UnitChange("gust", 2.0), UnitChange("gust", 1.0, offset=1.0)
    calm = stream.batch(20).frame["gust"]
    one = stream.plant(first, Sudden(20)).plant(second, Sudden(20)).batch(20).frame["gust"]
    two = stream.plant(second, Sudden(20)).plant(first, Sudden(20)).batch(20).frame["gust"]
    assert one.equals(calm * 2 + 1)
    assert two.equals((calm + 1) * 2)
    both = stream.plant(rename, Sudden(20)).plant(double, Sudden(20))
    assert (both.batch(20).frame["carrier"] != "UA").all()
    assert len(both.batch(20).frame) == 200


def test_rows_are_drawn_before_they_are_written_on(stream):
    planted = stream.plant(ConceptDrift("hour >= 0", 1.0), Sudden(20)).plant(
        LabelShift(0.9), Sudden(20)
    )
    assert planted.batch(20).frame["late"].mean() == pytest.approx(0.1)


def test_two_resamplings_are_combined_and_the_last_rate_holds(stream):
    both = stream.plant(CovariateShift("distance", 2.0), Sudden(20)).plant(
        LabelShift(0.5), Sudden(20)
    )
    calm, frame = stream.batch(20).frame, both.batch(20).frame
    assert frame["late"].mean() == pytest.approx(0.5, abs=0.04)
    assert frame["distance"].mean() > calm["distance"].mean() + 200


def test_the_truth_is_the_greatest_strength_of_the_week(stream):
    planted = stream.plant(NullsBurst("visib", 0.3), Gradual(20, 4)).plant(
        UnitChange("gust", 2.0), Recurring(17, 1, 4)
    )
    strength = dict(zip(planted.truth.weeks, planted.truth.strength, strict=True))
    assert [strength[week] for week in range(16, 24)] == [0, 1, 0, 0, 0.25, 0.5, 1, 1]
    assert planted.truth.onset == 17
    assert planted.description.count("'") == 4


def test_a_drawn_onset_leaves_room_and_depends_on_seed_and_event(table):
    onsets = set()
    for seed in range(60):
        stream = World(table, seed, "test").stream(
            ["hour", "gust"], weeks=range(14, 24), reference_weeks=[13]
        )
        truth = stream.plant(UnitChange("gust", 2.0)).truth
        assert truth == stream.plant(UnitChange("gust", 2.0)).truth
        onsets.add(truth.onset)
    assert onsets == {18, 19}


def test_other_worlds_draw_other_rows(world):
    flights = [
        replace(world, **change).week(20, ["flight"], rows=100)["flight"].tolist()
        for change in ({}, {"seed": 8}, {"name": "other"})
    ]
    assert len(set(map(tuple, flights))) == 3


def test_a_stream_without_a_season_repeats_no_row_of_the_reference(world):
    stream = world.stream(["flight", "late"], range(14, 30), range(8, 14), rows=100, seasonal=False)
    batches = [batch.frame for batch in stream]
    assert all(len(frame) == 100 and frame["flight"].is_unique for frame in batches)
    assert all((frame["flight"] // 1000).isin(range(8, 14)).all() for frame in batches)
    assert not pd.concat(batches)["flight"].isin(stream.reference["flight"]).any()
    assert len({tuple(frame["flight"]) for frame in batches}) == 16


def test_a_stream_without_a_season_needs_rows_that_are_left_over(world):
    stream = world.stream(["flight"], [14], [13], rows=200, seasonal=False)
    with pytest.raises(ScenarioError, match="leaves 100 rows over; a batch needs 200"):
        stream.batch(14)


def test_an_author_can_write_an_event(stream):
    @dataclass(frozen=True)
    class Spike(ColumnEvent):
        value: float
        sentence = "One value of '{self.column}' is {self.value:g}."

        def change(self, frame, rng, strength):
            row = rng.integers(len(frame))
            return frame.assign(
                gust=frame[self.column].mask(np.arange(len(frame)) == row, self.value)
            )

    planted = stream.plant(Spike("gust", 1048.0))
    assert planted.description == "One value of 'gust' is 1048."
    for batch, active in zip(planted, planted.truth.active, strict=True):
        assert (batch.frame["gust"] > 1000).sum() == active


def test_a_week_with_fewer_rows_gives_them_all(world):
    assert len(world.week(20, ["hour"], rows=5000)) == 300


def test_weeks_read_together_are_those_read_one_by_one(world):
    one_by_one = [world.week(week, ["hour", "week"], rows=10) for week in (20, 14)]
    together = world.weeks(np.array([20, 14]), ["hour", "week"], rows=10)
    pd.testing.assert_frame_equal(together, pd.concat(one_by_one, ignore_index=True))


def test_no_week_at_all_is_refused(world):
    with pytest.raises(ScenarioError, match="At least one week is needed"):
        world.weeks([], ["hour"])


def test_week_itself_can_be_a_column(world):
    stream = world.stream(["hour", "week"], weeks=[20], reference_weeks=[13])
    assert list(stream.batch(20).frame.columns) == ["hour", "week"]
    assert (stream.batch(20).frame["week"] == 20).all()


@pytest.mark.parametrize(
    ("event", "when", "message"),
    [
        (UnitChange("temp", 2.0), Sudden(20), r"UnitChange\(temp\) needs the column 'temp'"),
        (UnitChange("gust", 2.0), Sudden(30), "onset in week 30 is outside the stream"),
        (UnitChange("gust", 2.0), Gradual(13, 3), "which has 16 weeks from 14 to 29"),
        (UnitChange("gust", 1.0), Sudden(20), "Nothing would change"),
        (RenamedCategory("carrier", "HA", "ha"), Sudden(20), "Nothing would change: .*'HA'"),
        (ConceptDrift("hour > 30", 0.5), Sudden(20), "Nothing would change: Where hour > 30"),
        (ConceptDrift("month > 3", 0.5), Sudden(20), "needs the column 'month'"),
    ],
)
def test_what_cannot_happen_cannot_be_planted(stream, event, when, message):
    with pytest.raises(ScenarioError, match=message):
        stream.plant(event, when)


@pytest.mark.parametrize("event", [LabelShift(0.5), ConceptDrift("hour > 9", 0.5)], ids=repr)
def test_a_drifting_label_needs_the_label(world, event):
    stream = world.stream(["hour"], weeks=[20], reference_weeks=[13])
    with pytest.raises(ScenarioError, match="needs the column 'late'; the stream carries hour"):
        stream.plant(event, Sudden(20))


def test_an_onset_is_not_drawn_in_a_short_stream(world):
    stream = world.stream(["gust"], weeks=range(14, 22), reference_weeks=[13])
    with pytest.raises(ScenarioError, match="9 weeks or more, which has 8 weeks from 14 to 21"):
        stream.plant(UnitChange("gust", 2.0))


def test_a_week_outside_the_stream_is_refused(stream):
    with pytest.raises(ScenarioError, match="Week 52 is not in the stream, which has 16 weeks"):
        stream.batch(52)


def test_a_week_without_rows_is_refused(world, monkeypatch):
    empty = world.week(20, ["hour", "week"]).head(0)
    monkeypatch.setattr(type(world.flights), "read", lambda *_: empty)
    with pytest.raises(ScenarioError, match=r"Week 20 has no rows\."):
        world.week(20, ["hour"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"columns": []}, r"A stream needs a list of columns, not \[\]"),
        ({"columns": "hour"}, "A stream needs a list of columns, not 'hour'"),
        ({"weeks": []}, "A stream needs at least one week"),
        ({"reference_weeks": []}, "A stream needs at least one week"),
        ({"rows": 0}, "A batch needs at least one row, not 0"),
        ({"rows": None, "seasonal": False}, "without a season needs a number of rows"),
    ],
)
def test_a_stream_that_makes_no_sense_cannot_be_made(world, arguments, message):
    with pytest.raises(ScenarioError, match=message):
        world.stream(**{"columns": ["hour"], **arguments})


def test_numpy_weeks_are_weeks(world):
    stream = world.stream(["hour"], weeks=np.arange(14, 16), reference_weeks=[13], rows=10)
    pd.testing.assert_frame_equal(
        stream.batch(14).frame, world.week(14, ["hour"], rows=10), check_names=True
    )
