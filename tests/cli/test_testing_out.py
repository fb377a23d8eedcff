"""Testing out of a stage."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workbench.workspace.folder import Workspace

from .conftest import Cli

LAST = "thrice"


@pytest.fixture
def course_folder(course_folder: Path) -> Path:
    """The small course with a second exercise in its first stage."""
    for part in ("exercises", "solutions"):
        first = course_folder / part / "01_counting/1_double"
        shutil.copytree(first, first.with_name(f"2_{LAST}"))
    toml = course_folder / f"exercises/01_counting/2_{LAST}/exercise.toml"
    toml.write_text(toml.read_text().replace('"double"', f'"{LAST}"'))
    return course_folder


@pytest.fixture
def passes(workspace: Workspace) -> Path:
    """The last exercise of the stage, solved."""
    path = workspace.root / f"01_counting/{LAST}/double.py"
    path.write_text("# passed\n")
    return path


def states(cli: Cli) -> dict[str, str]:
    return {each["id"]: each["state"] for each in cli.json("list")["exercises"]}


@pytest.mark.parametrize("name", ["1", "01", "counting", "Count", "01_counting"])
def test_does_the_last_exercise_stand_for_the_stage(cli: Cli, passes: Path, name: str) -> None:
    said = cli("test-out", name)
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.startswith(
        "Counting: pass thrice (Double a number) from now on, and the 1 before it counts as done."
    )
    assert states(cli)["double"] == "not attempted"
    assert cli.json("next")["exercise"]["id"] == LAST
    assert cli("check").exit_code == 0
    assert states(cli) == {"double": "tested out", LAST: "passed", "greet": "not attempted"}
    assert cli.json("next")["exercise"]["id"] == "greet"
    assert "tested out" in cli("list").stdout


def test_are_no_points_invented(cli: Cli, passes: Path) -> None:
    cli("test-out", "1")
    cli("check", LAST)
    first = cli.json("list")["exercises"][0]
    assert (first["best"], first["attempts"]) == (0, 0)


def test_does_a_pass_before_it_was_declared_not_count(cli: Cli, passes: Path) -> None:
    cli("check", LAST)
    cli("test-out", "1")
    assert states(cli)["double"] == "not attempted"
    cli("check", LAST)
    assert states(cli)["double"] == "tested out"


def test_does_what_was_done_before_stay(cli: Cli, passes: Path, workspace: Workspace) -> None:
    (workspace.root / "01_counting/double/double.py").write_text("# passed\n")
    cli("check", "double")
    cli("test-out", "1")
    cli("check", LAST)
    assert states(cli)["double"] == "passed"


def test_can_it_be_undone_and_declared_again(cli: Cli, passes: Path) -> None:
    cli("test-out", "1")
    cli("check", LAST)
    said = cli("test-out", "1", "--undo")
    assert said.stdout == "Counting is counted by its exercises again.\n"
    assert states(cli)["double"] == "not attempted"
    cli("test-out", "1")
    assert states(cli)["double"] == "not attempted"
    cli("check", LAST)
    assert states(cli)["double"] == "tested out"


def test_does_declaring_it_again_take_nothing_back(cli: Cli, passes: Path) -> None:
    cli("test-out", "1")
    cli("check", LAST)
    cli("test-out", "1")
    assert states(cli)["double"] == "tested out"


def test_does_a_solution_not_stand_for_a_stage(cli: Cli, passes: Path) -> None:
    cli("test-out", "1")
    cli("solution", LAST, "--give-up")
    cli("check", LAST)
    assert states(cli)["double"] == "not attempted"
    said = cli("test-out", "1")
    assert said.exit_code == 2
    assert said.stderr.startswith("The solution of thrice was opened, so it cannot stand for")


def test_does_it_stay_when_the_stage_is_renumbered(
    cli: Cli, passes: Path, course_folder: Path
) -> None:
    cli("test-out", "1")
    cli("check", LAST)
    for part in ("exercises", "solutions"):
        (course_folder / part / "01_counting").rename(course_folder / part / "07_counting")
    assert states(cli)["double"] == "tested out"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("naming",), "Naming has one exercise only. Pass it: `workbench check greet`."),
        (("sailing",), '"sailing" is not one stage. Give one of 01_counting, 02_naming.'),
        (("0",), '"0" is not one stage.'),
        (("",), '"" is not one stage.'),
        (("1", "--undo"), "You did not test out of Counting; nothing was changed."),
    ],
)
def test_is_what_cannot_be_a_sentence(
    cli: Cli, workspace: Workspace, arguments: tuple[str, ...], sentence: str
) -> None:
    said = cli("test-out", *arguments)
    assert said.exit_code == 2
    assert sentence in said.stderr
    assert workspace.ledger.read() == ()
