from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from workbench.course import Course
from workbench.results import CheckResult, Figure, Outcome, Result
from workbench.workspace.attempts import Attempt, Ledger, LedgerError
from workbench.workspace.progress import progress

finite = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(max_size=30)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | finite | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
records = st.dictionaries(words, plain, max_size=3)
figures = st.builds(Figure, words, words, records)
checks = st.builds(
    CheckResult,
    id=words,
    title=words,
    outcome=st.sampled_from(Outcome),
    points=st.integers(0, 9),
    max_points=st.integers(0, 9),
    message=words,
    hint=words,
    seconds=finite,
    output=words,
    numbers=st.dictionaries(words, finite, max_size=3),
    figures=st.lists(figures, max_size=2).map(tuple),
    line=st.integers(0, 999),
)
results = st.builds(
    Result,
    exercise=words,
    checks=st.lists(checks, max_size=4).map(tuple),
    seed=st.integers(),
    isolation=words,
    seconds=finite,
)
attempts = st.builds(
    Attempt,
    kind=st.sampled_from(["check", "hint", "solution", "reset"]),
    exercise=words,
    id=words,
    time=st.datetimes(timezones=st.just(UTC)),
    result=st.none() | results,
    files=st.dictionaries(words, words, max_size=3),
    details=records,
)


def result_of(*outcomes: Outcome, exercise: str = "double") -> Result:
    made = tuple(
        CheckResult(f"c{n}", "A title.", outcome, 2 * (outcome is Outcome.PASSED), 2)
        for n, outcome in enumerate(outcomes)
    )
    return Result(exercise, made, 1, "process", 0.1)


def check_of(*outcomes: Outcome) -> Attempt:
    return Attempt("check", "double", result=result_of(*outcomes))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / ".workbench" / "attempts.jsonl")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(attempts, max_size=4))
@example(made=[Attempt("hint", "double", details={"task": 1, "result": None})] * 2)
def test_does_what_goes_into_the_ledger_come_out(made: list[Attempt], tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "attempts.jsonl")
    ledger.path.unlink(missing_ok=True)
    for attempt in made:
        ledger.append(attempt)
    assert ledger.read() == tuple(made)
    assert ledger.summaries() == tuple(attempt.summary for attempt in made)
    assert ledger.torn() == ()
    assert not ledger.ends_torn()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=attempts, second=attempts, data=st.data())
def test_does_a_cut_at_any_byte_lose_no_other_attempt(
    first: Attempt, second: Attempt, data: st.DataObject, tmp_path: Path
) -> None:
    ledger = Ledger(tmp_path / "attempts.jsonl")
    kept = first.to_line() + b"\n"
    cut = data.draw(st.integers(1, len(second.to_line()) - 1))
    ledger.path.write_bytes(kept + second.to_line()[:cut])
    assert ledger.read() == (first,)
    assert ledger.summaries() == (first.summary,)
    assert ledger.ends_torn()
    ledger.append(second)
    assert ledger.path.read_bytes().startswith(kept + second.to_line()[:cut])
    assert ledger.read() == (first, second)
    assert ledger.summaries() == (first.summary, second.summary)
    assert ledger.torn() == (2,)
    assert not ledger.ends_torn()


def test_does_a_lost_line_end_lose_nothing(ledger: Ledger) -> None:
    first, second = check_of(Outcome.PASSED), check_of(Outcome.FAILED)
    ledger.append(first)
    ledger.path.write_bytes(ledger.path.read_bytes().rstrip())
    ledger.append(second)
    assert ledger.read() == (first, second)
    assert ledger.torn() == ()


def test_is_an_absent_ledger_empty(ledger: Ledger) -> None:
    assert ledger.read() == ledger.summaries() == ledger.torn() == ()
    assert not ledger.ends_torn()


def test_is_each_line_a_json_record(ledger: Ledger) -> None:
    ledger.append(Attempt("check", "double", result=result_of(Outcome.FAILED), files={"a": "1"}))
    record = json.loads(ledger.path.read_text())
    assert record["version"] == 1
    assert record["kind"] == "check"
    assert record["exercise"] == "double"
    assert record["files"] == {"a": "1"}
    assert record["result"]["checks"][0]["outcome"] == "failed"
    assert datetime.fromisoformat(record["time"]).tzinfo is not None


@pytest.mark.parametrize("method", ["read", "summaries"])
def test_is_a_newer_ledger_refused_in_a_sentence(ledger: Ledger, method: str) -> None:
    line = check_of(Outcome.PASSED).to_line().replace(b'"version": 1', b'"version": 2', 1)
    ledger.path.parent.mkdir()
    ledger.path.write_bytes(line + b"\n")
    with pytest.raises(LedgerError, match=r"version 2.*Upgrade"):
        getattr(ledger, method)()


def test_is_a_newer_result_refused_in_a_sentence(ledger: Ledger) -> None:
    line = (
        check_of(Outcome.PASSED).to_line().replace(b'"schema_version": 1', b'"schema_version": 9')
    )
    ledger.path.parent.mkdir()
    ledger.path.write_bytes(line + b"\n")
    with pytest.raises(LedgerError, match=r"schema version 9.*Upgrade"):
        ledger.read()


def test_are_summaries_much_faster_than_the_evidence(ledger: Ledger) -> None:
    data = {"weeks": list(range(39)), "active": [0.5] * 39, "alarms": [True] * 39}
    figure = Figure("timeline", "A year.", data)
    made = tuple(
        CheckResult(f"c{n}", "A title.", Outcome.FAILED, 0, 2, "m" * 300, figures=(figure,) * 2)
        for n in range(8)
    )
    line = Attempt("check", "double", result=Result("double", made, 1, "process", 1.0)).to_line()
    ledger.path.parent.mkdir()
    ledger.path.write_bytes((line + b"\n") * 200)

    def seconds(read: str) -> float:
        begin = time.process_time()
        assert len(getattr(ledger, read)()) == 200
        return time.process_time() - begin

    assert min(seconds("summaries") for _ in range(3)) < 0.3 * seconds("read")


@pytest.mark.parametrize(
    ("made", "state", "best", "count"),
    [
        ([], "not attempted", 0, 0),
        ([Attempt("hint", "double", details={"task": 1, "rung": 1})], "not attempted", 0, 0),
        ([check_of(Outcome.NOT_ATTEMPTED, Outcome.SKIPPED)], "not attempted", 0, 1),
        ([check_of(Outcome.PASSED, Outcome.FAILED)], "tried", 2, 1),
        ([check_of(Outcome.TIMEOUT, Outcome.ERROR)], "tried", 0, 1),
        ([check_of(Outcome.GRADER_ERROR, Outcome.PASSED)], "not attempted", 0, 0),
        ([check_of(Outcome.PASSED, Outcome.PASSED)], "passed", 4, 1),
        ([check_of(Outcome.PASSED, Outcome.PASSED), check_of(Outcome.FAILED)], "passed", 4, 2),
        ([Attempt("solution", "double", details={"gave_up": True})], "given up", 0, 0),
        ([Attempt("solution", "double", details={"gave_up": False})], "not attempted", 0, 0),
        (
            [Attempt("solution", "double", details={"gave_up": True}), check_of(Outcome.PASSED)],
            "passed",
            2,
            1,
        ),
        ([check_of(Outcome.PASSED), Attempt("reset", "double")], "passed", 2, 1),
    ],
)
def test_is_progress_what_the_ledger_tells(
    made: list[Attempt], state: str, best: int, count: int, course: Course
) -> None:
    found = progress(made, course)["double"]
    assert (found.state, found.best, found.max, found.attempts) == (state, best, 3, count)
    assert found.done == (state in ("passed", "given up"))
    assert progress(made, course)["greet"].state == "not attempted"


def test_are_attempts_of_exercises_that_are_gone_no_trouble(course: Course) -> None:
    assert set(progress([Attempt("hint", "gone")], course)) == {"double", "greet"}
