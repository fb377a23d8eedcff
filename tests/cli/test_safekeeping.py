"""A newer course, end to end: what start says, merge, backups and restore."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.course import Course
from workbench.workspace.attempts import Attempt
from workbench.workspace.delivery import deliver
from workbench.workspace.folder import Workspace, make_workspace

from .conftest import Cli
from .test_process import small_disk

Begin = Callable[..., "subprocess.Popen[str]"]
DONE = "# passed\ndef double(x):\n    return 2 * x\n"


@pytest.fixture
def starter(course_folder: Path) -> Path:
    return course_folder / "exercises/01_counting/1_double/double.py"


@pytest.fixture
def mine(workspace: Workspace) -> Path:
    """The learner has done the first task, and has been at work before."""
    path = workspace.root / "01_counting/double/double.py"
    text = path.read_text()
    path.write_text(text.replace('raise NotImplementedError("Task 1: twice x")', "return 2 * x"))
    workspace.ledger.append(Attempt("hint", "double", details={"task": 1, "rung": 1}))
    return path


@pytest.fixture
def second(starter: Path) -> None:
    """The second version of the course: what the second task says is new."""
    starter.write_text(starter.read_text().replace("half of x", "one half of x"))


@pytest.fixture
def clashing(starter: Path) -> None:
    """Another second version: it changes what the learner changed as well."""
    starter.write_text(starter.read_text().replace("Task 1: twice x", "Task 1: double x"))


def test_does_start_say_what_waits_and_touch_nothing(cli: Cli, mine: Path, second: None) -> None:
    before = mine.read_text()
    done = cli("start")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == (
        "A newer version waits beside files that you changed, in double. `workbench merge` lists "
        "them; your files are as you left them."
    )
    assert mine.read_text() == before
    assert "one half" in mine.with_name("double.py.new").read_text()
    assert cli("start").stdout == done.stdout


def test_does_start_say_nothing_where_nothing_waits(cli: Cli, mine: Path) -> None:
    assert "newer version" not in cli("start").stdout


def test_is_what_waits_listed(cli: Cli, mine: Path, second: None) -> None:
    assert cli("merge").stdout == "No newer version waits: nothing is to be merged.\n"
    assert cli.json("merge") == {"schema_version": 1, "waiting": []}
    cli("start")
    before = mine.read_text()
    shown = cli("merge").stdout.splitlines()
    assert shown[0].split() == ["double", "double.py", "merges", "without", "conflicts"]
    assert "the new version lies beside each, as double.py.new." in shown[2]
    for option in (" --diff ", " ", " --discard "):
        assert any(line.startswith(f"  workbench merge double{option}") for line in shown)
    assert cli.json("merge")["waiting"] == [
        {"exercise": "double", "file": "double.py", "conflicts": 0, "obstacle": ""}
    ]
    assert mine.read_text() == before


def test_is_what_is_new_shown(cli: Cli, mine: Path, second: None) -> None:
    cli("start")
    before = mine.read_text()
    shown = cli("merge", "double", "--diff").stdout.splitlines()
    assert shown[:2] == ["--- double.py, as it was delivered", "+++ double.py, new"]
    assert '-    raise NotImplementedError("Task 2: half of x")' in shown
    assert '+    raise NotImplementedError("Task 2: one half of x")' in shown
    assert mine.read_text() == before
    assert "No newer version of your files of greet" in cli("merge", "greet", "--diff").stdout


def test_is_a_clean_merge_told(cli: Cli, mine: Path, second: None) -> None:
    cli("start")
    done = cli("merge", "doub")
    assert done.exit_code == 0
    assert done.stdout.startswith("double.py: merged, without conflicts.\n")
    assert "`workbench check double` then tells" in done.stdout
    assert "`workbench restore double 1`" in done.stdout
    assert "return 2 * x" in mine.read_text()
    assert "one half of x" in mine.read_text()
    again = cli("merge", "double")
    assert again.exit_code == 0
    assert again.stdout == (
        "No newer version of your files of double waits; nothing was changed.\n"
    )


def test_are_conflicts_told_from_a_clean_merge(cli: Cli, mine: Path, clashing: None) -> None:
    cli("start")
    assert "merges with 1 conflict\n" in cli("merge").stdout.replace("  ", "")
    assert cli.json("merge")["waiting"][0]["conflicts"] == 1
    done = cli("merge", "double")
    assert done.exit_code == 1
    assert "double.py: merged, with 1 conflict for you to settle; see line 3." in done.stdout
    assert "Keep what is right, and delete the three marks." in done.stdout
    assert mine.read_text().splitlines()[2] == "<<<<<<< yours"
    assert "No newer version waits" in cli("merge").stdout
    checked = cli("check", "double")
    assert checked.exit_code == 1
    assert "double.py, line 3 is not valid Python" in checked.stderr
    assert cli("restore", "double").exit_code == 0
    assert "return 2 * x" in mine.read_text()
    assert "merges with 1 conflict" in cli("merge").stdout


def test_can_a_new_version_be_discarded(cli: Cli, mine: Path, clashing: None) -> None:
    cli("start")
    before = mine.read_text()
    done = cli("merge", "double", "--discard")
    assert done.exit_code == 0
    assert done.stdout == ("double.py stays as you have it; the new version waits no longer.\n")
    assert mine.read_text() == before
    assert not mine.with_name("double.py.new").exists()
    assert "newer version" not in cli("start").stdout
    assert "nothing was changed" in cli("merge", "double", "--discard").stdout


def test_is_what_cannot_be_merged_left_and_told(cli: Cli, mine: Path, second: None) -> None:
    mine.write_bytes(b"# caf\xe9\n")
    cli("start")
    assert "   cannot be merged: it is not UTF-8 text\n" in cli("merge").stdout
    assert "+++ double.py, new" in cli("merge", "double", "--diff").stdout
    done = cli("merge", "double")
    assert done.exit_code == 1
    assert done.stdout == (
        "double.py: not merged, since it is not UTF-8 text. Take what you want from "
        "double.py.new by hand, then run `workbench merge double --discard`.\n"
    )
    assert mine.read_bytes() == b"# caf\xe9\n"


def test_is_what_is_no_text_not_shown(cli: Cli, workspace: Workspace, course_folder: Path) -> None:
    (workspace.root / "02_naming/greet/letters/one.txt").write_text("mine")
    (course_folder / "exercises/02_naming/1_greet/letters/one.txt").write_bytes(b"\xff")
    cli("start")
    assert cli("merge", "greet", "--diff").stdout == (
        "letters/one.txt is not text: there is nothing to show.\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [("--diff",), ("--discard",), ("double", "--json"), ("double", "--diff", "--discard")],
)
def test_are_options_that_do_not_go_together_refused(cli: Cli, arguments: tuple[str, ...]) -> None:
    done = cli("merge", *arguments)
    assert done.exit_code == 2
    assert "Error: " in done.stderr
    assert done.stdout == ""


# moved and removed exercises


def test_does_a_moved_exercise_keep_files_and_progress(
    cli: Cli, workspace: Workspace, mine: Path, course_folder: Path, second: None
) -> None:
    mine.write_text(DONE)
    cli("check", "double")
    for part in ("exercises", "solutions"):
        (course_folder / part / "01_counting").rename(course_folder / part / "07_counting")
    done = cli("start")
    assert "in double. `workbench merge`" in done.stdout
    listed = cli.json("list")["exercises"]
    assert [(each["id"], each["stage"], each["state"]) for each in listed] == [
        ("greet", "02_naming", "not attempted"),
        ("double", "07_counting", "passed"),
    ]
    assert mine.read_text() == DONE
    assert not (workspace.root / "07_counting").exists()
    cli.folder = mine.parent
    assert cli.json("check")["exercise"] == "double"


def test_does_a_removed_exercise_keep_files_and_attempts(
    cli: Cli, workspace: Workspace, mine: Path, course_folder: Path
) -> None:
    mine.write_text(DONE)
    cli("check", "double")
    cli("reset", "double", "--yes")
    cli("restore", "double")
    cli("test-out", "1")
    before = workspace.ledger.path.read_bytes()
    shutil.rmtree(course_folder / "exercises/01_counting")
    for arguments in (("start",), ("list",), ("next",), ("merge",), ("backups",)):
        assert cli(*arguments).exit_code == 0
    assert [each["id"] for each in cli.json("list")["exercises"]] == ["greet"]
    assert mine.read_text() == DONE
    assert workspace.ledger.path.read_bytes() == before
    assert [b["number"] for b in cli.json("backups", "double")["backups"]] == [1, 2]
    done = cli("restore", "double")
    assert done.exit_code == 2
    assert done.stderr.startswith("The course no longer has double; nothing was changed.")
    assert "There is no exercise" in cli("restore", "doubel").stderr


# backups


def test_are_backups_listed(cli: Cli, workspace: Workspace, mine: Path, second: None) -> None:
    assert cli("backups").stdout.startswith("There are no backups. One is made before each reset")
    assert cli.json("backups") == {"schema_version": 1, "backups": []}
    cli("reset", "greet", "--yes")
    cli("start")
    cli("merge", "double")
    cli("restore", "double")
    rows = [line.split() for line in cli("backups").stdout.splitlines()]
    assert [(row[0], row[1], " ".join(row[4:])) for row in rows[:3]] == [
        ("greet", "1", "before a reset"),
        ("double", "1", "before a merge"),
        ("double", "2", "before a restore"),
    ]
    assert " ".join(rows[-1]).startswith("`workbench restore double 2` brings that one back")
    listed = cli.json("backups", "gre")["backups"]
    assert [(b["exercise"], b["number"], b["why"]) for b in listed] == [("greet", 1, "reset")]
    assert listed[0]["files"] == ["README.md", "greet.py", "letters/one.txt"]
    assert (workspace.root / listed[0]["folder"] / "greet.py").exists()


def test_is_a_reset_taken_back(cli: Cli, mine: Path) -> None:
    before = mine.read_text()
    assert "`workbench restore double` brings them back." in cli("reset", "double", "--yes").stdout
    starter = mine.read_text()
    done = cli("restore", "double")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Your files of double are as they were on ")
    assert "before a reset. To go back: `workbench restore double 2`." in done.stdout
    assert mine.read_text() == before
    assert "are as in backup 1 already; nothing was changed." in cli("restore", "double").stdout
    assert len(cli.json("backups")["backups"]) == 2
    cli("restore", "double", "2")
    assert mine.read_text() == starter


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("greet",), "There is no backup of greet; nothing was changed."),
        (("double", "7"), "double has no such backup; nothing was changed."),
        (("doubel",), 'There is no exercise "doubel".'),
        (("double", "0"), "Invalid value for '[NUMBER]'"),
        ((), "Missing argument 'ID'"),
    ],
)
def test_is_a_backup_that_is_not_there_a_sentence(
    cli: Cli, mine: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    cli("reset", "double", "--yes")
    done = cli("restore", *arguments)
    assert done.exit_code == 2
    assert sentence in done.stderr


def test_do_bases_move_to_another_machine(
    cli: Cli, mine: Path, course: Course, second: None, tmp_path: Path
) -> None:
    """There the course is newer already: without its base a file would seem to be of today."""
    assert cli("export", tmp_path / "progress.zip").exit_code == 0
    there = make_workspace(tmp_path / "there")
    with there.lock():
        deliver(there, course)
    cli.folder = there.root
    assert cli("import", tmp_path / "progress.zip").exit_code == 0
    assert cli.json("merge")["waiting"][0]["conflicts"] == 0
    assert cli("export", tmp_path / "again.zip").stdout.count("\n") == 1
    assert cli("merge", "double").exit_code == 0
    merged = (there.root / "01_counting/double/double.py").read_text()
    assert "return 2 * x" in merged
    assert "one half of x" in merged


# what the system refuses


ACTS = [("start",), ("merge", "double"), ("merge", "double", "--discard"), ("restore", "double")]


@pytest.mark.parametrize("arguments", ACTS)
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EROFS, "lock: Read-only file system. Mend this, then run the command again.\n"),
        (errno.ENOSPC, "The disk is full; no file is half-written. Make room"),
    ],
)
def test_is_a_refusal_one_sentence(
    cli: Cli,
    mine: Path,
    second: None,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    number: int,
    sentence: str,
) -> None:
    cli("reset", "double", "--yes")
    mine.write_text(DONE)
    cli("start")
    path = cli.folder / ".workbench/lock"

    @contextlib.contextmanager
    def exclusive(*_: object) -> None:  # type: ignore[misc]
        raise OSError(number, os.strerror(number), str(path))
        yield

    monkeypatch.setattr("workbench.workspace.folder.exclusive", exclusive)
    done = cli(*arguments)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert mine.read_text() == DONE
    for listing in (("merge",), ("backups",)):
        assert cli(*listing).exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="disks of POSIX")
def test_does_a_full_or_forbidden_disk_halve_nothing(
    tmp_path: Path, workspace: Workspace, mine: Path, process: Begin, course: Course, second: None
) -> None:
    with small_disk(disk := tmp_path / "disk", 400):
        desk = Workspace(Path(shutil.copytree(workspace.root, disk / "desk")))
        with desk.lock():
            deliver(desk, course)
        path = desk.root / "01_counting/double/double.py"
        before = path.read_text()
        with contextlib.suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(b"\0" * 512)
        for option, sentence in (("size=400k", "No space left"), ("ro", "Read-only file system")):
            subprocess.run(["mount", "-o", f"remount,{option}", str(disk)], check=True)
            merging = process("merge", "double", cwd=desk.root)
            said, complained = merging.communicate(timeout=120)
            assert (merging.returncode, said) == (2, "")
            assert sentence in complained
            assert len(complained.splitlines()) == 1
            assert path.read_text() == before
        subprocess.run(["mount", "-o", "remount,rw,size=10m", str(disk)], check=True)
        merging = process("merge", "double", cwd=desk.root)
        assert merging.communicate(timeout=120)[1] == ""
        assert merging.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_is_the_real_command_killed_anywhere_no_loss(
    workspace: Workspace, mine: Path, process: Begin, course: Course, second: None
) -> None:
    """The syncs are tried one by one in tests/workspace; here are a real process and a clock."""
    before = mine.read_text()
    with workspace.lock():
        deliver(workspace, course)
    merging = process("merge", "double")
    deadline = time.monotonic() + 60
    while not workspace.scratch.exists() and merging.poll() is None:
        assert time.monotonic() < deadline
    os.killpg(merging.pid, signal.SIGKILL)
    merging.wait()
    assert mine.read_text() in (before, before.replace("half of x", "one half of x"))
    again = process("merge", "double")
    _, complained = again.communicate(timeout=120)
    assert (again.returncode, complained) == (0, "")
    assert mine.read_text() == before.replace("half of x", "one half of x")
