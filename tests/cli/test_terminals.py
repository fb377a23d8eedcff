"""What is shown, on terminals of every width and with encodings of every poverty."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.reports import letters
from workbench.workspace.folder import Workspace

from .conftest import WITHOUT_MLFLOW
from .test_process import SOLVED

Write = Callable[[str], Path]
SEQUENCES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x1b]*\x1b\\)")
COLOURS = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-7]|9[0-7])m")


def show(
    workspace: Workspace, environment: dict[str, str], command: str, width: int, **variables: str
) -> str:
    """Run a command in a terminal; return what it wrote there."""
    pexpect = pytest.importorskip("pexpect")
    env = {**os.environ, **environment, "TERM": "xterm-256color", **variables}
    env.pop("COLUMNS")
    shown = pexpect.spawn(
        *(sys.executable, ["-c", WITHOUT_MLFLOW, *command.split()]),
        cwd=str(workspace.root),
        env=env,
        dimensions=(50, width),
        encoding="utf-8",
        timeout=120,
    )
    shown.expect(pexpect.EOF)
    shown.close()
    assert shown.exitstatus in (0, 1)
    return str(shown.before)


def lines_of(screen: str) -> list[str]:
    return [line.rstrip() for line in SEQUENCES.sub("", screen).split("\r\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize(
    ("command", "whole"),
    [
        ("list", ["double", "greet", "not attempted"]),
        ("next", ["The task is in", "workbench check double`"]),
        ("hint", ["Task 1: double"]),
        ("doctor", ["Warm start", "mlflow.db"]),
    ],
)
def test_does_it_fit(
    workspace: Workspace, environment: dict[str, str], command: str, whole: list[str], width: int
) -> None:
    lines = lines_of(show(workspace, environment, command, width))
    assert max(map(len, lines)) <= width
    assert not any("…" in line for line in lines)
    joined = " ".join(line.strip() for line in lines)
    assert all(text in joined or text in joined.replace(" ", "") for text in whole)


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_does_a_failing_check_fit(
    workspace: Workspace, environment: dict[str, str], write: Write
) -> None:
    write(SOLVED.replace("2 * x", "x + len('a_name_that_is_longer_than_a_whole_line_is')"))
    screen = show(workspace, environment, "check", 40)
    verdict = lines_of(screen[screen.rindex("Not yet") :])
    assert max(map(len, verdict)) <= 40
    told = " ".join(line.strip(" │") for line in verdict)
    assert "double(3) should be 6, not 45." in told


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_is_nothing_told_by_colour_alone(
    workspace: Workspace, environment: dict[str, str], variables: dict[str, str]
) -> None:
    arguments = (workspace, environment, "solution double --give-up --diff", 80)
    plain = show(*arguments, **variables)
    assert not COLOURS.search(plain)
    assert lines_of(plain) == lines_of(show(*arguments))


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437"])
@pytest.mark.parametrize("command", ["next", "list", "hint", "solution double --give-up --diff"])
def test_can_it_be_read_with_few_letters(
    workspace: Workspace, environment: dict[str, str], command: str, encoding: str
) -> None:
    course = workspace.root.parent / "course/exercises/01_counting/1_double"
    for name in ("README.md", "hints.md", "after.md"):
        text = (course / name).read_text(encoding="utf-8")
        odd = re.sub("(double|twice)", r"\1 “Größe” ≤ 5 → ½ ✔", text, flags=re.IGNORECASE)
        (course / name).write_text(odd, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_MLFLOW, *command.split()],
        cwd=workspace.root,
        env={**os.environ, **environment, "PYTHONIOENCODING": encoding},
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    told = done.stdout.decode(encoding)
    assert "\\u" not in told.replace(ascii("½")[1:-1], "")
    assert command == "list" or "5 -> " in told


@given(st.text())
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_is_every_letter_written(encoding: str, text: str) -> None:
    letters.spell_out(None)
    told = text.encode(encoding, "workbench.spelled").decode(encoding)
    known = text.encode(encoding, "ignore").decode(encoding)
    kept = iter(told)
    assert all(letter in kept for letter in known)


@pytest.mark.parametrize(
    ("letter", "told"),
    [("é", "e"), ("ß", "ss"), ("→", "->"), ("…", "..."), ("½", "\\xbd"), ("\ud800", "\\ud800")],
)
def test_is_a_letter_spelled_as_people_do(letter: str, told: str) -> None:
    letters.spell_out(None)
    assert letter.encode("ascii", "workbench.spelled") == told.encode()


def test_are_bytes_that_are_no_letters_another_matter() -> None:
    letters.spell_out(None)
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", "workbench.spelled")
