"""Each command on its way, and each way it can go wrong."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from workbench import __version__
from workbench.course import Course, load_course
from workbench.hints import next_hint
from workbench.results import Outcome
from workbench.workspace.attempts import Attempt, Summary
from workbench.workspace.folder import Workspace

from .conftest import COURSE, Cli

Write = Callable[[str], Path]
PASSING = "# passed\n"
FAILING = "# passed, failed\n"


def test_does_help_name_every_command(nowhere: Cli) -> None:
    for arguments in ((), ("--help",)):
        done = nowhere(*arguments)
        assert done.exit_code == 0
        for name in (
            "start list next check watch hint solution reset merge backups restore test-out "
            "export import ui doctor"
        ).split():
            assert f"\n  {name} " in done.stdout


def test_is_the_version_told(nowhere: Cli) -> None:
    assert nowhere("--version").stdout == f"workbench {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [("chek",), ("check", "--sed", "1"), ("check", "--seed", "x")]
)
def test_is_wrong_usage_a_sentence_and_status_2(cli: Cli, arguments: tuple[str, ...]) -> None:
    done = cli(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Error: " in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize("columns", ["50", "80"])
def test_are_ids_never_cut(cli: Cli, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shown = cli("list").stdout.split()
    assert {"double", "greet"} <= set(shown)
    assert not any("…" in word for word in shown)


# start


def test_does_start_end_in_the_first_brief(nowhere: Cli) -> None:
    done = nowhere("start")
    assert done.exit_code == 0
    assert (nowhere.folder / "flight-desk/01_counting/double/double.py").exists()
    assert "The desk counts every seat twice" in done.stdout
    assert "Write `double(x)`" not in done.stdout
    assert "A first check, of the starter as it is:" in done.stdout
    assert "Not attempted yet: 0 of 3 points." in done.stdout
    begin = "Begin:\n  cd flight-desk/01_counting/double\n  (edit double.py)\n  workbench check\n"
    assert done.stdout.endswith(begin)
    assert nowhere.recorded == [nowhere.folder / "flight-desk"]


def test_is_starting_again_harmless(cli: Cli, write: Write, workspace: Workspace) -> None:
    write("mine")
    workspace.ledger.append(Attempt("hint", "double", details={"task": 1, "rung": 1}))
    before = workspace.ledger.path.read_bytes()
    for arguments in ((), (".",), (str(workspace.root),)):
        assert cli("start", *arguments).exit_code == 0
    assert write("mine").read_text() == "mine"
    assert workspace.ledger.path.read_bytes() == before
    assert not (workspace.root / "flight-desk").exists()


def test_does_start_fail_when_nothing_can_be_judged(nowhere: Cli, course_folder: Path) -> None:
    starter = course_folder / "exercises/01_counting/1_double/double.py"
    starter.write_text("# grader error\n")
    done = nowhere("start")
    assert done.exit_code == 2
    assert "the fault is the workbench's, not yours" in done.stdout


def test_is_the_first_check_made_once(cli: Cli, workspace: Workspace) -> None:
    for _ in range(2):
        assert cli("start").exit_code == 0
    assert [attempt.kind for attempt in workspace.ledger.read()] == ["check"]


def test_does_start_say_when_mlflow_is_not_ready(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("hint")
    monkeypatch.setattr("workbench.cli.starting.record", lambda workspace: "no such server")
    done = cli("start")
    assert done.exit_code == 0
    assert "the next check tries again: no such server" in done.stdout


def test_does_start_build_the_flights_where_they_are_missing(
    nowhere: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []

    def open_flights(*, progress: Callable[[str, float], None]) -> None:
        for share in (0.0, 0.5, 1.0):
            progress("Reading", share)
            said.append(share)

    monkeypatch.setattr("workbench.flights.status", lambda: SimpleNamespace(ready=False))
    monkeypatch.setattr("workbench.flights.table.open_flights", open_flights)
    assert nowhere("start", "here").exit_code == 0
    assert said == [0.0, 0.5, 1.0]


def test_does_start_write_the_sample_of_an_exercise(
    nowhere: Cli, course_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pandas as pd

    toml = course_folder / "exercises/02_naming/1_greet/exercise.toml"
    toml.write_text(
        toml.read_text() + '[sample]\nweeks = [1]\ncolumns = ["carrier"]\nfile = "some.parquet"\n'
    )
    flights = SimpleNamespace(read=lambda columns, weeks: pd.DataFrame({"carrier": ["UA"]}))
    monkeypatch.setattr("workbench.flights.table.open_flights", lambda progress: flights)
    assert nowhere("start", "here").exit_code == 0
    sample = nowhere.folder / "here/02_naming/greet/some.parquet"
    assert list(pd.read_parquet(sample)["carrier"]) == ["UA"]


def test_is_a_fault_of_the_flights_a_sentence(
    nowhere: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.flights import FlightsError

    def status() -> None:
        raise FlightsError("The source is gone. Install it again.")

    monkeypatch.setattr("workbench.flights.status", status)
    done = nowhere("start", "here")
    assert (done.exit_code, done.stderr) == (2, "The source is gone. Install it again.\n")


def test_is_a_start_in_a_file_refused(nowhere: Cli) -> None:
    (nowhere.folder / "file").write_text("")
    done = nowhere("start", "file")
    assert done.exit_code == 2
    assert done.stderr.endswith("is a file. Give the name of a new folder.\n")


def test_is_a_broken_course_told_in_a_sentence(nowhere: Cli, course_folder: Path) -> None:
    shutil.rmtree(course_folder / "exercises")
    done = nowhere("list")
    assert done.exit_code == 2
    assert done.stderr == f"{course_folder} holds no exercises/ folder.\n"


# list and next


def test_does_the_list_show_the_way_gone(cli: Cli, workspace: Workspace, write: Write) -> None:
    write(FAILING)
    cli("check", "double")
    cli("solution", "greet", "--give-up")
    done = cli("list")
    assert done.exit_code == 0
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines == [
        "Counting",
        "double Double a number 5 min 2/3 tried",
        "Naming",
        "greet Greet a passenger 5 min given up",
    ]
    assert "\x1b" not in done.stdout


def test_does_a_pass_after_the_solution_say_so(cli: Cli, write: Write) -> None:
    cli("solution", "double", "--give-up")
    write(PASSING)
    cli("check", "double")
    assert "passed, with the solution" in cli("list").stdout


def test_does_the_list_work_outside_a_workspace(nowhere: Cli) -> None:
    assert nowhere("list").exit_code == 0
    states = {each["id"]: each["state"] for each in nowhere.json("list")["exercises"]}
    assert states == {"double": "not attempted", "greet": "not attempted"}


def test_is_the_list_a_document(cli: Cli, write: Write) -> None:
    write(PASSING)
    cli("check")
    assert cli.json("list")["exercises"][0] == {
        "id": "double",
        "stage": "01_counting",
        "title": "Double a number",
        "minutes": 5,
        "submit": ["double.py"],
        "state": "passed",
        "best": 3,
        "max_score": 3,
        "attempts": 1,
    }


def test_does_next_move_on_after_a_pass(cli: Cli, write: Write) -> None:
    assert "The desk counts every seat twice" in cli("next").stdout
    assert cli.json("next")["exercise"]["id"] == "double"
    write(PASSING)
    cli("check")
    assert "Nobody says hello" in cli("next").stdout
    assert cli.json("next")["exercise"]["id"] == "greet"


def test_does_next_prefer_exercises_whose_groundwork_is_done(cli: Cli, course_folder: Path) -> None:
    toml = course_folder / "exercises/01_counting/1_double/exercise.toml"
    toml.write_text(toml.read_text() + 'after = ["greet"]\n')
    toml = course_folder / "exercises/02_naming/1_greet/exercise.toml"
    toml.write_text(toml.read_text().replace('after = ["double"]\n', ""))
    assert cli.json("next")["exercise"]["id"] == "greet"


def test_is_there_an_end(cli: Cli) -> None:
    cli("solution", "double", "--give-up")
    cli("solution", "greet", "--give-up")
    assert "Every exercise is done" in cli("next").stdout
    assert cli.json("next")["exercise"] is None
    done = cli("check")
    assert done.exit_code == 1
    assert done.stderr.startswith("Every exercise is done. Name one")


@pytest.mark.parametrize(
    "arguments",
    [
        *(("next",), ("check",), ("watch",), ("hint",), ("solution",), ("reset", "--yes")),
        *(("test-out", "1"), ("export", "x"), ("import", "x"), ("ui",)),
        *(("merge",), ("backups",), ("restore", "double")),
    ],
)
def test_is_a_workspace_asked_for(nowhere: Cli, arguments: tuple[str, ...]) -> None:
    done = nowhere(*arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("There is no workspace here. `workbench start` makes one")
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        *(("start",), ("list",), ("next",), ("check",), ("hint",), ("solution",)),
        *(("reset", "--yes"), ("merge", "double"), ("backups",), ("restore", "double")),
    ],
)
def test_is_a_newer_workspace_refused_and_left_alone(
    cli: Cli, workspace: Workspace, arguments: tuple[str, ...]
) -> None:
    (workspace.home / "workspace.json").write_text('{"version": 2}')
    before = {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")}
    done = cli(*arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("This workspace was made by a newer workbench (version 2")
    assert len(done.stderr.splitlines()) == 1
    assert {path: path.stat().st_mtime_ns for path in workspace.root.rglob("*")} == before


@pytest.mark.parametrize(
    "command", ["check", "hint", "solution", "reset", "merge", "backups", "restore"]
)
def test_does_a_typo_get_did_you_mean(cli: Cli, command: str) -> None:
    done = cli(command, "doubel")
    assert done.exit_code == 2
    assert done.stderr == 'There is no exercise "doubel". Did you mean "double"?\n'


def test_is_a_cut_off_ledger_told_once(cli: Cli, workspace: Workspace, write: Write) -> None:
    write(PASSING)
    cli("check", "double")
    with workspace.ledger.path.open("ab") as file:
        file.write(b'{"version": 1, "id": "12')
    done = cli("list")
    assert done.exit_code == 0
    assert "passed" in done.stdout
    assert "is cut off: one entry is not whole" in done.stderr
    cli("hint", "greet")
    assert cli("list").stderr == ""
    assert b'{"version": 1, "id": "12' in workspace.ledger.path.read_bytes()


# check


@pytest.mark.parametrize(
    ("text", "status", "shown"),
    [
        (PASSING, 0, "Passed: 3 of 3 points."),
        (FAILING, 1, "Not yet: 2 of 3 points."),
        ("x = 1\n", 1, "Not attempted yet"),
        ("# passed, grader error\n", 2, "the fault is the workbench's, not yours"),
        ("# passed, not run\n", 2, "the fault is the workbench's, not yours"),
    ],
)
def test_is_a_check_judged_told_and_recorded(
    cli: Cli, workspace: Workspace, write: Write, text: str, status: int, shown: str
) -> None:
    write(text)
    done = cli("check")
    assert done.exit_code == status
    assert shown in done.stdout
    assert done.stderr == ""
    (attempt,) = workspace.ledger.read()
    assert attempt.result is not None
    assert attempt.result.exit_status == status
    assert (workspace.submission(attempt.id) / "double.py").read_text() == text
    assert list(attempt.files) == ["double.py"]
    assert cli.recorded == [workspace.root]
    assert not (workspace.home / "scratch").exists()


def test_does_a_pass_tell_why_it_works(cli: Cli, write: Write) -> None:
    write(PASSING)
    assert "Twice is once and once again." in cli("check").stdout
    write(FAILING)
    assert "Twice is once and once again." not in cli("check", "double").stdout


def test_is_the_exercise_of_the_current_folder_checked(cli: Cli, workspace: Workspace) -> None:
    cli.folder = workspace.root / "02_naming/greet/letters"
    assert "Greet a passenger" in cli("check").stdout


@pytest.mark.parametrize("name", ["greet", "gr", "02_naming/greet", "02_naming/greet/", "1_greet"])
def test_is_an_exercise_known_by_many_names(cli: Cli, name: str) -> None:
    assert cli.json("check", name)["exercise"] == "greet"


def test_is_the_verdict_told_before_mlflow_is(
    cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    def record(workspace: Workspace) -> str:
        assert workspace.ledger.read()
        order.append("recorded")
        return "the store is locked."

    def show(*_: Any) -> None:
        order.append("told")

    monkeypatch.setattr("workbench.cli.checking.record", record)
    monkeypatch.setattr("workbench.cli.checking.show_verdict", show)
    write(PASSING)
    done = cli("check")
    assert order == ["told", "recorded"]
    assert done.exit_code == 0
    assert done.stderr == (
        "Your attempt is recorded in the ledger; MLflow will catch up at the next check: "
        "the store is locked.\n"
    )


def test_is_an_interrupt_while_recording_no_lost_attempt(
    cli: Cli, workspace: Workspace, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def record(workspace: Workspace) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("workbench.cli.checking.record", record)
    write(PASSING)
    done = cli("check")
    assert done.exit_code == 130
    assert done.stderr.startswith("Interrupted; your attempt is recorded")
    assert len(workspace.ledger.read()) == 1


def test_is_an_interrupted_check_as_if_it_had_not_been(
    cli: Cli, workspace: Workspace, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grade(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("workbench.practice.grade", grade)
    write(PASSING)
    done = cli("check")
    assert done.exit_code == 130
    assert len(done.stderr.splitlines()) == 1
    assert workspace.ledger.read() == ()
    assert not (workspace.home / "scratch").exists()
    assert not (workspace.home / "submissions").exists()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: path.unlink(), "double.py is missing. `workbench reset double`"),
        (lambda path: path.write_text(" \n"), "double.py is empty."),
        (lambda path: path.write_text("def f(:\n"), "double.py, line 1 is not valid Python"),
        (lambda path: path.write_bytes("x = 'é'".encode("latin-1")), "is not UTF-8"),
        (lambda path: path.write_bytes(b"x = 1\0"), "double.py"),
        (lambda path: (path.unlink(), path.mkdir()), "double.py"),
        (lambda path: (path.unlink(), path.symlink_to("/etc/passwd")), "double.py"),
    ],
)
def test_is_a_file_that_cannot_be_judged_a_sentence(
    cli: Cli,
    workspace: Workspace,
    write: Write,
    spoil: Callable[[Path], object],
    sentence: str,
) -> None:
    spoil(write("x = 1"))
    done = cli("check", "double")
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.output
    assert workspace.ledger.read() == ()


def test_is_the_verdict_told_when_it_cannot_be_recorded(
    cli: Cli, workspace: Workspace, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def append(path: Path, line: bytes, *, closing: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("workbench.workspace.attempts.append_line", append)
    write(PASSING)
    done = cli("check")
    assert done.exit_code == 2
    assert "Passed: 3 of 3 points." in done.stdout
    assert done.stderr == (
        "This attempt could not be recorded: No space left on device. "
        "Make room or give access, then check again.\n"
    )
    assert workspace.ledger.read() == ()
    assert list((workspace.home / "submissions").iterdir()) == []
    assert cli.recorded == []


def test_is_a_full_disk_a_sentence(
    cli: Cli, workspace: Workspace, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_whole(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("workbench.workspace.folder.write_whole", write_whole)
    write(PASSING)
    for arguments in (("check",), ("reset", "double", "--yes")):
        done = cli(*arguments)
        assert done.exit_code == 2
        assert done.stderr.startswith("The disk is full; no file is half-written.")
    assert workspace.ledger.read() == ()


def test_is_a_forbidden_file_named(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_whole(path: Path, *_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr("workbench.workspace.folder.write_whole", write_whole)
    done = cli("reset", "double", "--yes")
    assert done.exit_code == 2
    assert "double/README.md: Permission denied." in done.stderr


def test_is_a_foreign_folder_judged_without_a_record(
    nowhere: Cli, tmp_path: Path, workspace: Workspace
) -> None:
    (tmp_path / "handed-in").mkdir()
    (tmp_path / "handed-in" / "double.py").write_text(FAILING)
    arguments = ("check", "double", "--submission", tmp_path / "handed-in", "--seed", 7)
    done = nowhere(*arguments, "--json")
    assert done.exit_code == 1
    assert done.stderr == ""
    document = json.loads(done.stdout)
    assert done.stdout == json.dumps(document) + "\n"
    assert list(document) == [
        *("schema_version", "exercise", "outcome", "score", "max_score", "seed", "isolation"),
        *("checks", "seconds"),
    ]
    assert document["seed"] == 7
    assert list(document["checks"][0]) == [
        *("id", "title", "outcome", "points", "max_points", "message", "hint")
    ]
    assert "Not yet: 2 of 3 points." in nowhere(*arguments).stdout
    boxed = json.loads(nowhere(*arguments, "--json", "--isolation", "sandbox").stdout)
    assert (document["isolation"], boxed["isolation"]) == ("process", "sandbox")
    assert nowhere.recorded == []
    assert workspace.ledger.read() == ()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("check", "--submission", "."), "--submission needs the exercise's id as well."),
        (("check", "double", "--submission", "gone"), "gone"),
        (("check", "doubel", "--submission", "."), 'Did you mean "double"?'),
        (("check", "double", "--isolation", "sandbox"), "--isolation goes with --submission."),
        (("check", "double", "--submission", ".", "--isolation", "none"), "'sandbox'"),
    ],
)
def test_is_a_foreign_folder_named_wrongly_status_2(
    nowhere: Cli, arguments: tuple[str, ...], sentence: str
) -> None:
    done = nowhere(*arguments, "--json")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert sentence in done.stderr


# hint


def test_are_hints_opened_one_at_a_time_and_recorded(cli: Cli, workspace: Workspace) -> None:
    shown = [cli("hint").stdout for _ in range(7)]
    assert "Task 1: double** (1 of 3)\n\nWhat is three and three?" in shown[0]
    assert "Look at `*`." in shown[1]
    assert "Look at `*`." not in shown[0] + shown[2]
    assert "return x * ___" in shown[2]
    assert "Task 2: halve** (1 of 3)" in shown[3]
    assert shown[6].startswith("All hints of double are open")
    assert [attempt.details for attempt in workspace.ledger.read()] == [
        {"task": task, "rung": rung} for task in (1, 2) for rung in (1, 2, 3)
    ]


def test_is_the_hint_about_what_was_missed(cli: Cli, write: Write) -> None:
    write(FAILING)
    cli("check")
    assert "Task 2: halve" in cli("hint").stdout


@pytest.mark.parametrize(("outcome", "task"), [("not attempted", 1), ("failed", 2)])
def test_does_who_has_not_begun_start_at_the_first_task(outcome: str, task: int) -> None:
    exercise = load_course(COURSE).find("double")
    made = Summary("check", "double", Outcome(outcome), 0, "halves", {})
    assert next_hint(exercise, [made]).task == task


def test_can_the_task_be_chosen_and_its_hints_be_read_again(cli: Cli, workspace: Workspace) -> None:
    for rung in (1, 2, 3):
        assert f"({rung} of 3)" in cli("hint", "double", "--task", 2).stdout
    again = cli("hint", "double", "--task", 2)
    assert "What is half of eight?" in again.stdout
    assert "return x / ___" in again.stdout
    assert len(workspace.ledger.read()) == 3


def test_is_an_unknown_task_a_sentence(cli: Cli) -> None:
    done = cli("hint", "double", "--task", 9)
    assert done.exit_code == 2
    assert done.stderr == "There are no hints for task 9; there are for 1, 2.\n"


@pytest.mark.parametrize("text", ["", "# Hints\n", "## Task 1: x\n", "## Task 1: x\nno rung\n"])
def test_are_hints_without_rungs_the_authors_fault(
    cli: Cli, course_folder: Path, text: str
) -> None:
    (course_folder / "exercises/01_counting/1_double/hints.md").write_text(text)
    done = cli("hint")
    assert done.exit_code == 2
    assert "hints.md needs `## Task N: title`" in done.stderr


# solution


def test_does_the_solution_open_after_a_pass(cli: Cli, workspace: Workspace, write: Write) -> None:
    done = cli("solution")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "opens after a pass. `workbench hint double`" in done.stderr
    assert workspace.ledger.read() == ()
    write(PASSING)
    cli("check")
    shown = cli("solution", "double")
    assert "return 2 * x" in shown.stdout
    assert "alternatives/by_adding.py" in shown.stdout
    assert "Twice is once and once again." in shown.stdout
    assert workspace.ledger.read()[-1].details == {"gave_up": False}


def test_is_giving_up_recorded(cli: Cli, workspace: Workspace) -> None:
    assert "return 2 * x" in cli("solution", "--give-up").stdout
    assert workspace.ledger.read()[-1].details == {"gave_up": True}
    assert cli.json("next")["exercise"]["id"] == "greet"


def test_is_a_solution_that_is_not_there_a_sentence(cli: Cli, course_folder: Path) -> None:
    shutil.rmtree(course_folder / "solutions")
    done = cli("solution", "double", "--give-up")
    assert done.exit_code == 2
    assert "double.py: No such file" in done.stderr


# reset


@pytest.mark.parametrize("typed", ["n\n", "\n", ""])
def test_does_a_reset_ask(cli: Cli, workspace: Workspace, write: Write, typed: str) -> None:
    path = write("mine")
    done = cli("reset", typed=typed)
    assert done.exit_code == 1
    assert "Replace your files of double by the starter?" in done.stdout
    assert done.stderr.endswith("Nothing was changed.\n")
    assert path.read_text() == "mine"
    assert workspace.ledger.read() == ()


@pytest.mark.parametrize(("option", "typed"), [("--yes", None), ("-y", None), ("double", "y\n")])
def test_does_a_reset_keep_a_backup(
    cli: Cli, workspace: Workspace, write: Write, option: str, typed: str | None
) -> None:
    path = write("mine")
    done = cli("reset", option, typed=typed)
    assert done.exit_code == 0
    assert "NotImplementedError" in path.read_text()
    (attempt,) = workspace.ledger.read()
    assert attempt.kind == "reset"
    backup = attempt.details["backup"]
    assert (workspace.root / backup / "double.py").read_text() == "mine"
    assert f"are kept in {backup}." in done.stdout


# the lock


@pytest.mark.parametrize("arguments", [("check",), ("reset", "--yes"), ("start",)])
def test_is_a_second_command_refused_and_nothing_lost(
    cli: Cli, workspace: Workspace, write: Write, arguments: tuple[str, ...]
) -> None:
    path = write("mine")
    with workspace.lock():
        done = cli(*arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("Another workbench command is at work in this workspace")
    assert path.read_text() == "mine"
    assert workspace.ledger.read() == ()


@pytest.mark.parametrize("arguments", [("hint",), ("list",), ("next",), ("solution", "--give-up")])
def test_can_one_read_while_a_check_runs(
    cli: Cli, workspace: Workspace, arguments: tuple[str, ...]
) -> None:
    with workspace.lock():
        assert cli(*arguments).exit_code == 0


def test_is_the_course_the_one_in_the_environment(cli: Cli, course: Course) -> None:
    assert [each["id"] for each in cli.json("list")["exercises"]] == [e.id for e in course]
