"""Help for those who are stuck, and a look at the reference for those who are not."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from workbench.cli.feedback import offer_hint
from workbench.course import Course
from workbench.reports.beside import Row, rows, show_beside
from workbench.results import CheckResult, Outcome, Result
from workbench.workspace.attempts import Attempt
from workbench.workspace.folder import Workspace

from .conftest import Cli

Write = Callable[[str], Path]
SAME = "Check 2 says the same as before. `workbench hint double` opens hint 1 of 3 for task 2"


def judged(*outcomes: tuple[Outcome, str]) -> Attempt:
    checks = tuple(
        CheckResult(name, "A title.", outcome, 0, 1, message)
        for name, (outcome, message) in zip(("doubles", "halves"), outcomes, strict=True)
    )
    return Attempt("check", "double", result=Result("double", checks, 1, "process", 0.1))


PASSED = (Outcome.PASSED, "")
FOUR = (Outcome.FAILED, "It should be 4, not 8.")


def offered(workspace: Workspace, course: Course, *made: Attempt) -> str:
    for attempt in made:
        workspace.ledger.append(attempt)
    return offer_hint(workspace.ledger, course.find("double"), "Key h")


def test_is_the_end_of_a_stage_noticed(cli: Cli, write: Write) -> None:
    for text, noticed in (("# passed, failed\n", False), ("# passed\n", True)):
        write(text)
        assert ("The stage Counting is done." in cli("check", "double").stdout) is noticed
    assert "is done" not in cli("check", "double", "--json").stdout


@pytest.mark.parametrize(
    ("first", "second", "stuck"),
    [
        (FOUR, FOUR, True),
        (FOUR, (Outcome.FAILED, "It should be 5, not 9."), True),
        (FOUR, (Outcome.FAILED, "The answer has no number."), False),
        (FOUR, (Outcome.ERROR, "It should be 4, not 8."), False),
        (FOUR, PASSED, False),
        (PASSED, FOUR, False),
        ((Outcome.NOT_ATTEMPTED, "x"), (Outcome.NOT_ATTEMPTED, "x"), False),
        ((Outcome.GRADER_ERROR, "x"), (Outcome.GRADER_ERROR, "x"), False),
    ],
)
def test_is_a_hint_offered_to_the_stuck(
    workspace: Workspace,
    course: Course,
    first: tuple[Outcome, str],
    second: tuple[Outcome, str],
    stuck: bool,
) -> None:
    said = offered(workspace, course, judged(PASSED, first), judged(PASSED, second))
    assert said.startswith("Check 2 says the same") is stuck
    assert bool(said) is stuck


def test_is_nothing_offered_the_first_time(workspace: Workspace, course: Course) -> None:
    other = Attempt("check", "greet", result=judged(PASSED, FOUR).result)
    assert offered(workspace, course, other, judged(PASSED, FOUR)) == ""


def test_do_two_in_a_row_count_and_what_was_read_between_them_not(
    workspace: Workspace, course: Course
) -> None:
    hint = Attempt("hint", "double", details={"task": 2, "rung": 1})
    said = offered(workspace, course, judged(PASSED, FOUR), hint, judged(PASSED, FOUR))
    assert said == "Check 2 says the same as before. Key h opens hint 2 of 3 for task 2, halve."
    assert offered(workspace, course, judged(FOUR, FOUR)) == ""


def test_is_it_said_when_all_hints_are_open(workspace: Workspace, course: Course) -> None:
    hints = [
        Attempt("hint", "double", details={"task": task, "rung": rung})
        for task in (1, 2)
        for rung in (1, 2, 3)
    ]
    said = offered(workspace, course, *hints, judged(PASSED, FOUR), judged(PASSED, FOUR))
    assert said.endswith("Key h tells what is left: all hints are open.")


def test_does_check_offer_the_hint(cli: Cli, write: Write) -> None:
    write("# passed, failed\n")
    assert SAME not in cli("check").stdout
    assert SAME in cli("check").stdout
    assert SAME not in cli("check", "--json").stdout


def test_are_no_other_attempts_parsed_for_it(workspace: Workspace) -> None:
    workspace.ledger.append(judged(FOUR, FOUR))
    line = workspace.ledger.path.read_bytes()
    broken = line.replace(b'"result": {', b'"result": {!')
    workspace.ledger.path.write_bytes(broken * 3 + line * 2)
    assert len(workspace.ledger.latest("double", 2)) == 2
    assert workspace.ledger.latest("greet", 2) == ()


# solution --diff


def shown(left: str, right: str, width: int, terminal: bool = True) -> str:
    console = Console(
        file=io.StringIO(), width=width, force_terminal=terminal, color_system=None, markup=False
    )
    show_beside(left, right, ("yours", "reference"), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_is_the_reference_beside_ones_own_file(cli: Cli, write: Write) -> None:
    write("# passed\ndef double(x):\n    return x + x\n")
    assert cli("solution", "--diff").exit_code == 1
    cli("check")
    said = cli("solution", "double", "--diff").stdout
    assert "--- yours: double.py\n+++ reference: double.py\n" in said
    assert "\n-    return x + x\n" in said
    assert "\n+    return 2 * x\n" in said
    assert "alternatives/by_adding.py" in said
    assert "Twice is once and once again." in said
    assert "\x1b" not in said


def test_is_a_file_of_ones_own_needed_for_it(cli: Cli, write: Write) -> None:
    write("x").unlink()
    done = cli("solution", "double", "--give-up", "--diff")
    assert done.exit_code == 2
    assert "double.py: No such file or directory." in done.stderr


def test_is_it_side_by_side_where_there_is_room() -> None:
    one, other = "a = 1\nb = 2\nc = 3\n", "a = 1\nb = 3\nc = 3\nd = 4\n"
    lines = [line.split() for line in shown(one, other, 140).splitlines()]
    assert lines == [
        ["yours", "reference"],
        ["a", "=", "1", "a", "=", "1"],
        ["~", "b", "=", "2", "b", "=", "3"],
        ["c", "=", "3", "c", "=", "3"],
        ["+", "d", "=", "4"],
    ]
    for narrow in (shown(one, other, 80), shown(one, other, 140, terminal=False)):
        assert narrow.splitlines()[:2] == ["--- yours", "+++ reference"]
        assert "-b = 2\n+b = 3\n" in narrow


def test_is_a_long_stretch_left_out() -> None:
    same = [str(number) for number in range(50)]
    laid = list(rows([*same, "old"], [*same, "new", "newer"]))
    assert laid == [
        Row("@", "line 48", "line 48"),
        *(Row(" ", line, line) for line in ("47", "48", "49")),
        Row("~", "old", "new"),
        Row("+", right="newer"),
    ]
    assert list(rows(["x"], [])) == [Row("-", left="x")]


def test_is_no_difference_a_sentence() -> None:
    assert shown("a\n", "a\n", 80) == "yours and reference are the same.\n"


@pytest.mark.parametrize("width", [80, 140])
def test_can_ones_own_file_not_move_the_cursor(width: int) -> None:
    assert "\x1b[2J" not in shown("a\x1b[2J\n", "b\n", width)


def test_is_json_what_it_was(cli: Cli, write: Write) -> None:
    write("# passed\n")
    assert len(json.loads(cli("check", "--json").stdout)) == 9
