import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlflow.utils.validation import MAX_TAG_VAL_LENGTH, _validate_metric_name

from workbench.course import Limit
from workbench.reports.runs import Told, told
from workbench.workspace.attempts import Attempt


def told_of(result, exercise=None, number=3):
    return Told(Attempt("check", "first_suite", result=result), number, exercise)


def test_attempts_are_numbered_within_their_exercise(wrong, passed, exercise):
    other = Attempt("check", "quarantine", result=passed.but(exercise="quarantine"))
    tries = [Attempt("check", "first_suite", result=result) for result in (wrong, passed)]
    ledger = [tries[0], Attempt("hint", "first_suite"), other, tries[1]]

    numbered = told(ledger, {"first_suite": exercise})

    assert [(each.attempt, each.number, each.exercise) for each in numbered] == [
        (tries[0], 1, exercise),
        (other, 1, None),
        (tries[1], 2, exercise),
    ]


def test_a_note_begins_with_the_verdict_and_the_next_step(wrong, exercise):
    verdict, following, says, *_ = told_of(wrong, exercise).note.split("\n\n")

    assert verdict == "**Not yet: 2 of 12 points.** This was attempt 3."
    assert following.startswith("**Next:** Look at check 2, edit suite.py")
    assert says == "Check 2 says:"


def test_a_note_tells_each_check(wrong, exercise):
    listed = told_of(wrong, exercise).note.splitlines()[-5:]

    assert listed[0] == "1. ✔ passed, 2 of 2 points: Clean weeks pass the suite\\."
    assert [line[:2] for line in listed] == ["1.", "2.", "3.", "4.", "5."]


def test_a_note_of_an_exercise_that_left_the_course_has_no_next_step(passed):
    note = told_of(passed).note

    assert note.startswith("**Passed: 12 of 12 points.**")
    assert "Next" not in note


def test_a_note_shows_a_message_as_it_is(wrong, exercise, hostile):
    check = replace(wrong.checks[1], message=f"# {hostile}")
    note = told_of(wrong.but(checks=(check,)), exercise).note

    quoted = [line for line in note.splitlines() if line.startswith(">")]
    assert quoted
    assert "<" not in "".join(quoted).replace("\\<", "")
    assert not quoted[0].startswith("> #")


@given(st.text(max_size=20_000))
def test_a_note_is_never_too_long_for_a_tag(passed, exercise, message):
    check = replace(passed.checks[0], message=message)

    assert len(told_of(passed.but(checks=(check,) * 40), exercise).note) <= MAX_TAG_VAL_LENGTH


@given(st.dictionaries(st.text(max_size=300), st.floats(allow_nan=False, allow_infinity=False)))
def test_every_number_has_a_name_that_mlflow_takes(passed, numbers):
    check = replace(passed.checks[0], numbers=numbers)

    for name in told_of(passed.but(checks=(check,))).metrics:
        _validate_metric_name(name)


@pytest.mark.parametrize(
    ("limit", "worst"),
    [
        (None, 4.0),
        (Limit(5), 4.0),
        (Limit(5, (0, 3)), 4.0),  # no more than 5
        (Limit(0.5, (2, 4)), 1.0),  # no less than 0.5
    ],
)
def test_a_number_of_several_checks_is_told_by_the_worst(limit, worst, passed, exercise):
    checks = [
        replace(check, numbers={"delay": value})
        for check, value in zip(passed.checks, (1.0, 4.0, 2.0), strict=False)
    ]
    limited = replace(exercise, limits={"delay": limit} if limit else {})

    metrics = told_of(passed.but(checks=tuple(checks)), limited).metrics

    assert metrics["delay"] == worst
    assert metrics["numbers/catches_nulls.delay"] == 2.0


def test_a_check_without_points_has_none_in_mlflow(passed):
    gate = replace(passed.checks[0], points=0, max_points=0)

    assert f"points/{gate.id}" not in told_of(passed.but(checks=(gate,))).metrics


def test_a_result_without_points_is_told(passed):
    assert told_of(passed.but(checks=())).metrics["share_of_points"] == 0.0


def test_a_number_named_like_a_total_does_not_replace_it(passed):
    check = replace(passed.checks[0], numbers={"score": -1.0})

    assert told_of(passed.but(checks=(check,))).metrics["score"] == 2.0


def test_what_is_handed_in_is_among_the_artefacts(wrong, exercise, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "suite.py").write_bytes(b"x = 1\n")
    out = tmp_path / "out"
    out.mkdir()

    told_of(wrong, exercise).write_artefacts(out, tmp_path / "in")

    assert (out / "submission" / "suite.py").read_bytes() == b"x = 1\n"
    assert json.loads((out / "result.json").read_text())["seed"] == 2013
    assert "2 of 12 points" in (out / "attempt.html").read_text(encoding="utf-8")
    assert [each.name for each in (out / "figures").iterdir()] == ["catches_a_unit_change-1.png"]
