"""What a learner did, as it is counted from the ledger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workbench.reports.rendering import day
from workbench.reports.works import works
from workbench.results import CheckResult, Outcome, Result
from workbench.workspace.attempts import Attempt

from .conftest import MONDAY

OUTCOMES = [o for o in Outcome if o not in (Outcome.SKIPPED, Outcome.NOT_RUN)]


def by_id(attempts, course):
    return {w.exercise.id: w for stage in works(attempts, course) for w in stage.works}


def attempt(event, day):
    time = MONDAY + timedelta(days=day)
    if isinstance(event, Outcome):
        check = CheckResult("a", "A.", event, 0, 1)
        return Attempt("check", "in_work", time=time, result=Result("in_work", (check,), 1, "", 1))
    return Attempt(event, "in_work", time=time)


def test_it_is_counted_up_to_the_first_pass(half_way, desk) -> None:
    found = by_id(half_way, desk.course)
    first = found["first_suite"]
    assert (first.tries, first.hints) == (2, 1)  # the untouched starter is no try
    assert first.won is half_way[3]
    assert first.last is half_way[4]
    assert {name: work.kind for name, work in found.items()} == {
        "first_suite": "passed",
        "with_help": "helped",
        "left_alone": "given-up",
        "in_work": "tried",
        "stood_for": "tested-out",
        "stands": "passed",
    }


def test_nothing_done_is_nothing_told(desk) -> None:
    found = by_id((), desk.course)
    assert {(w.kind, w.tries, w.hints, w.last, w.won) for w in found.values()} == {
        ("not-attempted", 0, 0, None, None)
    }


@given(st.data())
def test_the_order_of_the_ledger_does_not_matter(desk, data) -> None:
    """An import appends what was done elsewhere, before or after."""
    events = data.draw(st.lists(st.sampled_from([*OUTCOMES, "hint"]), max_size=8))
    made = [attempt(event, day) for day, event in enumerate(events)]
    found = by_id(data.draw(st.permutations(made)), desk.course)["in_work"]

    passes = [n for n, event in enumerate(events) if event is Outcome.PASSED]
    until = events[: passes[0] + 1] if passes else events
    no_try = {"hint", Outcome.GRADER_ERROR, Outcome.NOT_ATTEMPTED}
    assert found.won == (made[passes[0]] if passes else None)
    assert found.tries == sum(event not in no_try for event in until)
    assert found.hints == until.count("hint")
    assert found.tries <= found.progress.attempts
    assert (found.progress.state == "passed") is bool(passes)


def test_dates_are_those_of_utc() -> None:
    assert day(datetime(2026, 3, 1, 0, 30, tzinfo=UTC).astimezone()) == "1 March 2026"
