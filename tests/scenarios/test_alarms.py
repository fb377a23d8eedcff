"""Are alarms scored rightly, and left unscored where a number is undefined?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.scenarios import Gradual, Recurring, ScenarioError, Sudden, Truth, score_alarms

WEEKS = tuple(range(14, 30))


def truth_of(schedule):
    return Truth(WEEKS, tuple(schedule.strength(week) for week in WEEKS))


ONSETS = st.integers(15, 29)
TRUTHS = st.one_of(
    st.builds(Sudden, ONSETS),
    st.builds(Gradual, ONSETS, st.integers(1, 6)),
    st.builds(Recurring, ONSETS, st.integers(1, 3), st.integers(1, 3)),
).map(truth_of)
ALARMS = st.lists(st.booleans(), min_size=len(WEEKS), max_size=len(WEEKS))
CALM = Truth(WEEKS, (0.0,) * len(WEEKS))


@given(truth=TRUTHS)
def test_always_alarming_detects_at_once_and_is_false_on_every_calm_week(truth):
    score = score_alarms([True] * len(WEEKS), truth)
    assert (score.detected, score.delay, score.missed) == (True, 0, 0)
    assert (score.false_alarm_rate, score.standing) == (1.0, 1.0)


@given(truth=TRUTHS)
def test_never_alarming_misses_every_spell(truth):
    score = score_alarms([False] * len(WEEKS), truth)
    assert score.detected is False
    assert score.delay is None
    assert score.missed == len(truth.spells) >= 1
    assert score.false_alarm_rate == 0.0
    assert score.standing is None


@given(truth=TRUTHS)
def test_the_truth_itself_is_the_perfect_alarm(truth):
    score = score_alarms(truth.active, truth)
    assert (score.detected, score.delay, score.missed) == (True, 0, 0)
    assert (score.false_alarm_rate, score.standing) == (0.0, 1.0)


@given(alarms=ALARMS)
def test_a_calm_stream_has_false_alarms_and_nothing_else(alarms):
    score = score_alarms(alarms, CALM)
    assert (score.detected, score.delay, score.missed, score.standing) == (None,) * 4
    assert score.false_alarm_rate == pytest.approx(np.mean(alarms))


def test_without_calm_weeks_there_is_no_false_alarm_rate():
    truth = Truth((14, 15), (1.0, 1.0))
    assert score_alarms([False, True], truth).false_alarm_rate is None


@given(alarms=ALARMS, truth=TRUTHS)
def test_numbers_are_defined_together_and_within_range(alarms, truth):
    score = score_alarms(alarms, truth)
    assert (score.delay is None) == (score.standing is None) == (not score.detected)
    assert 0 <= score.false_alarm_rate <= 1
    assert 0 <= score.missed <= len(truth.spells)
    assert score.detected == (score.missed < len(truth.spells))
    if score.detected:
        assert 0 <= score.delay <= WEEKS[-1] - truth.onset
        assert 0 < score.standing <= 1


@given(alarms=ALARMS, truth=TRUTHS, position=st.integers(0, len(WEEKS) - 1))
def test_one_more_alarm_never_hides_a_detection(alarms, truth, position):
    more = [*alarms[:position], True, *alarms[position + 1 :]]
    before, after = score_alarms(alarms, truth), score_alarms(more, truth)
    assert after.missed <= before.missed
    assert after.false_alarm_rate >= before.false_alarm_rate
    if before.detected:
        assert after.delay <= before.delay


def test_a_false_alarm_before_the_onset_is_no_detection():
    score = score_alarms([True, False, False], Truth((14, 15, 16), (0, 0, 1)))
    assert score.detected is False
    assert score.false_alarm_rate == 0.5


def test_delay_is_counted_in_weeks_not_in_batches():
    truth = Truth((14, 20, 30), (0, 1, 1))
    assert score_alarms([False, False, True], truth).delay == 10


def test_an_alarm_that_falls_silent_does_not_stand():
    truth = Truth((14, 15, 16, 17, 18), (0, 1, 1, 1, 1))
    assert score_alarms([False, False, True, True, False], truth).standing == pytest.approx(2 / 3)


def test_a_missed_spell_is_counted():
    truth = truth_of(Recurring(16, 2, 2))
    alarms = [week == 20 for week in WEEKS]
    score = score_alarms(alarms, truth)
    assert (score.delay, score.missed) == (4, len(truth.spells) - 1)


@pytest.mark.parametrize("alarms", [[], [True] * 3])
def test_the_number_of_alarms_must_fit(alarms):
    with pytest.raises(ScenarioError, match=f"per week is needed: 2, not {len(alarms)}"):
        score_alarms(alarms, Truth((14, 15), (0, 1)))


@pytest.mark.parametrize("alarm", ["no", None, float("nan"), 1])
def test_an_alarm_is_a_bool(alarm):
    with pytest.raises(ScenarioError, match=r"The alarm of week 15 is .*, no bool"):
        score_alarms([False, alarm], Truth((14, 15), (0, 1)))


def test_numpy_alarms_are_welcome():
    score = score_alarms(np.array([False, True]), Truth((14, 15), (0, 1)))
    assert score.detected is True
    assert score.standing == 1.0
