"""Results are frozen, add up, and survive their JSON."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.results import SCHEMA_VERSION, CheckResult, Figure, Outcome, Result, ResultError

FINITE = st.floats(allow_nan=False, allow_infinity=False)
FIGURES = st.builds(
    Figure, st.sampled_from(["bars", "table"]), st.text(), st.dictionaries(st.text(), FINITE)
)
CHECKS = st.builds(
    CheckResult,
    id=st.text(max_size=5),
    title=st.text(max_size=5),
    outcome=st.sampled_from(Outcome),
    points=st.integers(0, 5),
    max_points=st.integers(0, 5),
    message=st.text(max_size=20),
    numbers=st.dictionaries(st.text(max_size=3), FINITE, max_size=2),
    figures=st.lists(FIGURES, max_size=2).map(tuple),
)
RESULTS = st.builds(
    Result,
    exercise=st.text(max_size=5),
    checks=st.lists(CHECKS, max_size=4).map(tuple),
    seed=st.integers(0, 2**63),
    isolation=st.just("process"),
    seconds=FINITE,
)


def result(*outcomes: Outcome) -> Result:
    checks = tuple(
        CheckResult(str(i), "", outcome, int(outcome is Outcome.PASSED), 1)
        for i, outcome in enumerate(outcomes)
    )
    return Result("demo", checks, 1, "process", 0.5)


@given(RESULTS)
def test_a_result_comes_back_from_its_json(made: Result) -> None:
    text = made.to_json()
    assert "\n" not in text
    assert Result.from_json(text) == made


def test_half_a_character_in_a_message_survives() -> None:
    check = CheckResult("a", "", Outcome.FAILED, 0, 1, message="\ud800")
    made = Result("demo", (check,), 1, "process", 0.5)
    assert Result.from_json(made.to_json().encode().decode()) == made


def test_numbers_that_json_cannot_hold_become_null() -> None:
    check = CheckResult("a", "", Outcome.PASSED, 1, 1, numbers={"x": math.nan, "y": math.inf})
    document = json.loads(Result("demo", (check,), 1, "process", 0.5).to_json())
    assert document["checks"][0]["numbers"] == {"x": None, "y": None}


@pytest.mark.parametrize(
    ("outcomes", "expected", "status"),
    [
        (["passed", "passed"], "passed", 0),
        (["passed", "failed"], "failed", 1),
        (["passed", "timeout"], "failed", 1),
        (["not attempted", "skipped"], "not attempted", 1),
        (["not attempted", "passed"], "failed", 1),
        (["passed", "grader error"], "grader error", 2),
        (["passed", "not run"], "grader error", 2),
        ([], "grader error", 2),
    ],
)
def test_the_outcome_is_the_worst_that_matters(
    outcomes: list[str], expected: str, status: int
) -> None:
    made = result(*map(Outcome, outcomes))
    assert (made.outcome, made.exit_status) == (expected, status)


def test_points_add_up_and_the_maximum_does_not_depend_on_what_ran() -> None:
    made = result(Outcome.PASSED, Outcome.NOT_RUN, Outcome.FAILED)
    assert (made.score, made.max_score) == (1, 3)


def test_the_public_document_has_the_promised_keys_and_no_evidence() -> None:
    document = result(Outcome.FAILED).public()
    assert list(document) == [
        "schema_version", "exercise", "outcome", "score", "max_score", "seed", "isolation",
        "checks", "seconds",
    ]  # fmt: skip
    assert list(document["checks"][0]) == [
        "id", "title", "outcome", "points", "max_points", "message", "hint",
    ]  # fmt: skip
    json.dumps(document, allow_nan=False)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "3", '{"schema_version": 1}', '{"schema_version": 1, "checks": [3]}']
)
def test_what_is_no_result_is_refused(text: str) -> None:
    with pytest.raises(ResultError, match="not a result"):
        Result.from_json(text)


def test_a_newer_result_names_the_cure() -> None:
    newer = json.loads(result(Outcome.PASSED).to_json()) | {"schema_version": SCHEMA_VERSION + 1}
    with pytest.raises(ResultError, match="Upgrade the workbench"):
        Result.from_json(json.dumps(newer))
