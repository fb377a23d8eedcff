"""What ``start`` brings for VS Code, and whether its patterns fit what a real check prints."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.course import Course
from workbench.workspace.delivery import deliver
from workbench.workspace.folder import Workspace

from .conftest import WITHOUT_MLFLOW, Cli
from .test_process import SOLVED

Write = Callable[[str], Path]
RAISES = SOLVED.replace("return 2 * x", "raise ValueError('no: 5:7: x')")
STARTER = (
    "def double(x):\n    raise NotImplementedError('Task 1')\n\n\ndef halve(x):\n    return 4\n"
)
INVALID = SOLVED.replace("return 2 * x", "return 2 *")
SEQUENCES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


def task(workspace: Workspace, name: str) -> dict[str, Any]:
    tasks = json.loads((workspace.root / ".vscode/tasks.json").read_text())["tasks"]
    found: dict[str, Any] = next(task for task in tasks if task["label"] == f"workbench: {name}")
    return found


def problems(matcher: dict[str, Any], screen: str) -> list[dict[str, str]]:
    """Read what was printed as the editor does."""
    pattern = matcher["pattern"]
    parts = [name for name in pattern if name != "regexp"]
    lines = SEQUENCES.sub("", screen).replace("\r\n", "\n").split("\n")
    found = [match for line in lines if (match := re.search(pattern["regexp"], line))]
    return [{name: match[pattern[name]] for name in parts} for match in found]


@pytest.mark.parametrize(
    ("text", "line", "severity", "message"),
    [
        (RAISES, 2, "error", "`double` raised ValueError: no: 5:7: x"),
        (STARTER, 2, "info", "Task 1 is still to be written."),
        (INVALID, 2, "error", "double.py, line 2 is not valid Python (invalid syntax)"),
        (SOLVED, 0, "", ""),
    ],
)
def test_are_faults_found_where_they_are(
    workspace: Workspace,
    environment: dict[str, str],
    write: Write,
    text: str,
    line: int,
    severity: str,
    message: str,
) -> None:
    path, asked = write(text), task(workspace, "check")
    assert asked["command"] == sys.executable
    arguments = asked["args"][asked["args"].index("workbench") + 1 :]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_MLFLOW, *arguments],
        cwd=path.parent,
        env={**os.environ, **environment, "COLUMNS": "40"},
        capture_output=True,
        text=True,
    )
    (found,) = problems(asked["problemMatcher"], done.stdout) or [None]
    if not line:
        assert found is None
        return
    assert found
    assert message in found.pop("message")
    assert found == {"file": str(path), "line": str(line), "severity": severity}


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_does_the_editor_follow_a_watch(
    workspace: Workspace, environment: dict[str, str], write: Write
) -> None:
    pexpect = pytest.importorskip("pexpect")
    path, asked = write(SOLVED), task(workspace, "watch")
    arguments = asked["args"][asked["args"].index("workbench") + 1 :]
    matcher = asked["problemMatcher"]
    screen = pexpect.spawn(
        *(sys.executable, ["-c", WITHOUT_MLFLOW, *arguments]),
        cwd=str(path.parent),
        env={**os.environ, **environment, "TERM": "xterm-256color"},
        dimensions=(50, 40),
        encoding="utf-8",
        timeout=120,
    )
    begins, ends = (
        matcher["background"][name]
        .replace("^", r"(?:^|\n)(?:\x1b\[[\d;?]*\w)*")
        .replace("$", r"\r\n")
        for name in ("beginsPattern", "endsPattern")
    )
    screen.expect_exact("q quit")
    for text, count in [(RAISES, 1), (INVALID, 1), (SOLVED, 0)]:
        write(text)
        screen.expect(begins)
        screen.expect(ends)
        assert len(problems(matcher, screen.before)) == count
    screen.send("q")
    screen.expect(pexpect.EOF)
    screen.close()


def test_are_the_learners_own_files_kept(workspace: Workspace, course: Course) -> None:
    tasks, settings = (workspace.root / f".vscode/{n}.json" for n in ("tasks", "settings"))
    tasks.write_text("mine")
    settings.unlink()
    with workspace.lock():
        deliver(workspace, course)
    assert tasks.read_text() == "mine"
    assert json.loads(settings.read_text()) == {"python.defaultInterpreterPath": sys.executable}


def test_are_old_ones_renewed(
    workspace: Workspace, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/moved/python")
    with workspace.lock():
        deliver(workspace, course)
    assert task(workspace, "check")["command"] == "/moved/python"


@pytest.mark.parametrize("other", [("--json",), ("--submission", ".")])
def test_are_problems_for_editors_only(cli: Cli, other: tuple[str, ...]) -> None:
    done = cli("check", "double", "--problems", *other)
    assert done.exit_code == 2
    assert "--problems goes with your own files" in done.stderr
