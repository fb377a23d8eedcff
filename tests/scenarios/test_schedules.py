"""Are strengths what the schedule says, and is the truth read off them rightly?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.scenarios import Gradual, Recurring, ScenarioError, Sudden, Truth

WEEKS = st.integers(1, 52)
SCHEDULES = st.one_of(
    st.builds(Sudden, WEEKS),
    st.builds(Gradual, WEEKS, st.integers(1, 12)),
    st.builds(Recurring, WEEKS, st.integers(1, 5), st.integers(1, 5)),
)


@given(schedule=SCHEDULES)
def test_the_onset_is_the_first_week_with_a_strength(schedule):
    strengths = [schedule.strength(week) for week in range(1, 60)]
    assert all(0 <= strength <= 1 for strength in strengths)
    assert not any(strengths[: schedule.onset - 1])
    assert strengths[schedule.onset - 1] > 0


@given(onset=WEEKS, weeks=st.integers(1, 12))
def test_gradual_grows_and_is_then_complete(onset, weeks):
    schedule = Gradual(onset, weeks)
    strengths = [schedule.strength(week) for week in range(1, 70)]
    assert strengths == sorted(strengths)
    assert schedule.strength(onset + weeks - 1) == 1
    assert weeks == 1 or schedule.strength(onset + weeks - 2) < 1


@given(onset=WEEKS, on=st.integers(1, 5), off=st.integers(1, 5))
def test_recurring_repeats(onset, on, off):
    schedule = Recurring(onset, on, off)
    spell = [schedule.strength(week) for week in range(onset, onset + on + off)]
    assert spell == [1.0] * on + [0.0] * off
    assert spell == [schedule.strength(week + on + off) for week in range(onset, onset + on + off)]


def test_schedules_that_make_no_sense_cannot_be_made():
    with pytest.raises(ScenarioError, match="Gradual needs at least one week, not 0"):
        Gradual(20, 0)
    with pytest.raises(ScenarioError, match="at least one week on and off, not 2 and 0"):
        Recurring(20, 2, 0)


def test_a_truth_knows_onset_and_spells():
    truth = Truth((14, 15, 16, 17, 18), (0, 0.5, 1, 0, 1))
    assert truth.onset == 15
    assert truth.active == (False, True, True, False, True)
    assert truth.spells == ((1, 2), (4,))


def test_a_calm_truth_has_no_onset():
    truth = Truth((14, 15), (0, 0))
    assert truth.onset is None
    assert truth.spells == ()


def test_a_truth_has_one_strength_per_week():
    with pytest.raises(ScenarioError, match="one strength per week: 2 weeks, 1 strengths"):
        Truth((14, 15), (0,))


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan")])
def test_a_strength_in_a_truth_is_a_share(strength):
    with pytest.raises(ScenarioError, match="A strength lies between 0 and 1"):
        Truth((14, 15), (0, strength))
