"""What is true of every event."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.scenarios import (
    ConceptDrift,
    CovariateShift,
    DuplicatedRows,
    HourShift,
    LabelShift,
    NullsBurst,
    RenamedCategory,
    ScenarioError,
    StaleFeed,
    SwappedColumns,
    UnitChange,
    generator,
)

EVENTS = [
    UnitChange("distance", 1.609),
    UnitChange("gust", 5 / 9, offset=-160 / 9),
    RenamedCategory("carrier", "UA", "ua"),
    NullsBurst("visib", 0.3),
    NullsBurst("carrier", 1.0),
    NullsBurst("observed_at", 0.5),
    DuplicatedRows(1.0),
    StaleFeed(("visib", "gust")),
    StaleFeed(("observed_at", "carrier", "late")),
    HourShift("hour", 5),
    HourShift("observed_at", -3),
    SwappedColumns("visib", "gust"),
    CovariateShift("distance", 2.0),
    CovariateShift("visib", -1.0),
    CovariateShift("carrier", 1.0, towards="UA"),
    LabelShift(0.5),
    ConceptDrift("carrier == 'UA' and not late", 0.25),
]
RESAMPLING = [event for event in EVENTS if isinstance(event, CovariateShift | LabelShift)]

any_event = pytest.mark.parametrize("event", EVENTS, ids=repr)
STRENGTHS = st.floats(0, 1)
SEEDS = st.integers(0, 2**32)


@any_event
def test_strength_zero_changes_nothing(event, week):
    pd.testing.assert_frame_equal(event.apply(week, generator(1), 0.0), week)


@any_event
def test_full_strength_changes_something(event, week):
    assert not event.apply(week, generator(1), 1.0).equals(week)


@any_event
@settings(max_examples=20)
@given(strength=STRENGTHS, seed=SEEDS)
def test_the_frame_given_is_never_altered(event, week, strength, seed):
    before = week.copy(deep=True)
    after = event.apply(week, generator(seed), strength)
    after.loc[:, "gust"] = -1.0
    pd.testing.assert_frame_equal(week, before)


@any_event
@settings(max_examples=20)
@given(strength=STRENGTHS, seed=SEEDS)
def test_columns_and_types_stay(event, week, strength, seed):
    after = event.apply(week, generator(seed), strength)
    assert list(after.columns) == list(week.columns)
    assert after.dtypes.to_dict() == week.dtypes.to_dict()


@any_event
@settings(max_examples=10)
@given(strength=STRENGTHS, seed=SEEDS)
def test_equal_generators_give_equal_rows(event, week, strength, seed):
    once, again = (event.apply(week, generator(seed), strength) for _ in range(2))
    pd.testing.assert_frame_equal(once, again)


@any_event
@settings(max_examples=10)
@given(strength=STRENGTHS, seed=SEEDS)
def test_only_its_columns_change(event, week, strength, seed):
    if isinstance(event, DuplicatedRows | CovariateShift | LabelShift):
        return
    after = event.apply(week, generator(seed), strength)
    others = [column for column in week.columns if column not in event.needs]
    pd.testing.assert_frame_equal(after[others], week[others])


@any_event
def test_no_rows_stay_no_rows(event, week):
    nothing = week.head(0)
    pd.testing.assert_frame_equal(event.apply(nothing, generator(1)), nothing)


@any_event
def test_a_missing_column_is_named(event, week):
    for column in event.needs:
        message = f"{event.name} needs the column '{column}'; the stream carries "
        with pytest.raises(ScenarioError, match=re.escape(message)):
            event.check(week.drop(columns=column))


@any_event
def test_says_what_it_is_in_one_sentence(event):
    assert event.description.endswith(".")
    assert event.description.count(". ") == 0
    assert all(column in event.description for column in event.needs if column != "late")


@any_event
@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan")])
def test_a_strength_is_a_share(event, week, strength):
    with pytest.raises(ScenarioError, match="A strength lies between 0 and 1"):
        event.apply(week, generator(1), strength)


@pytest.mark.parametrize("event", RESAMPLING, ids=repr)
@settings(max_examples=20)
@given(strength=STRENGTHS, seed=SEEDS)
def test_resampling_invents_no_row_and_keeps_size_and_order(event, week, strength, seed):
    after = event.apply(week, generator(seed), strength)
    assert len(after) == len(week)
    assert after["flight"].is_monotonic_increasing
    pd.testing.assert_frame_equal(
        after, week.set_index("flight", drop=False).loc[after["flight"]].reset_index(drop=True)
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: UnitChange("x", np.inf), "UnitChange needs a finite factor"),
        (lambda: UnitChange("x", 1.0, np.nan), "UnitChange needs a finite factor"),
        (lambda: RenamedCategory("x", "UA", "UA"), "needs two names, not 'UA' twice"),
        (lambda: NullsBurst("x", 0.0), "NullsBurst needs a rate above 0 and at most 1, not 0.0"),
        (lambda: NullsBurst("x", np.nan), "NullsBurst needs a rate"),
        (lambda: DuplicatedRows(1.5), "DuplicatedRows needs a share above 0 and at most 1"),
        (lambda: StaleFeed(()), "StaleFeed needs a tuple of columns"),
        (lambda: StaleFeed("temp"), "StaleFeed needs a tuple of columns, not 'temp'"),
        (lambda: HourShift("x", 0), "HourShift needs 1 to 23 whole hours"),
        (lambda: HourShift("x", 24), "HourShift needs 1 to 23 whole hours"),
        (lambda: HourShift("x", 0.5), "HourShift needs 1 to 23 whole hours"),
        (lambda: SwappedColumns("x", "x"), "A swap needs two columns, not 'x' twice"),
        (lambda: CovariateShift("x", 0.0), "CovariateShift needs a finite tilt other than 0"),
        (lambda: CovariateShift("x", np.inf), "CovariateShift needs a finite tilt other than 0"),
        (lambda: LabelShift(-0.1), "LabelShift needs a rate above 0"),
        (lambda: ConceptDrift("hour > 3", 1.1), "ConceptDrift needs a flip above 0"),
        (lambda: ConceptDrift("hour >", 0.5), "The slice 'hour >' is not a condition"),
        (lambda: ConceptDrift("1 > 0", 0.5), "The slice '1 > 0' names no column"),
    ],
)
def test_an_event_that_makes_no_sense_cannot_be_made(make, message):
    with pytest.raises(ScenarioError, match=re.escape(message)):
        make()


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (UnitChange("carrier", 2.0), "needs numbers in 'carrier', not str"),
        (UnitChange("late", 2.0), "needs numbers in 'late', not bool"),
        (RenamedCategory("hour", "5", "6"), "needs text in 'hour', not int64"),
        (NullsBurst("late", 0.5), "needs values that can be missing in 'late', not bool"),
        (HourShift("carrier", 1), "needs hours or points in time in 'carrier', not str"),
        (SwappedColumns("carrier", "hour"), "needs columns of one kind, not str and int64"),
        (CovariateShift("carrier", 1.0), "needs hours or points in time in 'carrier', not str"),
        (ConceptDrift("hour + late", 0.5), "The slice 'hour + late' is not true or false"),
        (ConceptDrift("carrier > 3", 0.5), "The slice 'carrier > 3' cannot be computed"),
    ],
)
def test_an_event_that_does_not_fit_the_column_says_so(event, message, week):
    with pytest.raises(ScenarioError, match=re.escape(message)):
        event.apply(week, generator(1))
