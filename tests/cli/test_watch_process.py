"""``watch`` as a process: in a terminal of its own, or driven through pipes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from workbench.workspace.folder import Workspace

from .conftest import WITHOUT_MLFLOW
from .test_process import SLOW, SOLVED, wait_for

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")

Write = Callable[[str], Path]
HALF = SOLVED.replace("x / 2", "x")
WATCH = [sys.executable, "-c", WITHOUT_MLFLOW, "watch"]


def descendants(pid: int) -> set[int]:
    """Ids of the living processes that a process has begun, at any depth."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in listed.stdout.splitlines()]
    parents = {int(child): int(parent) for child, parent, state in rows if state[0] != "Z"}
    found, new = set[int](), {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found


def alive(pids: set[int]) -> set[int]:
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,stat="], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in listed.stdout.splitlines()]
    return pids & {int(pid) for pid, state in rows if state[0] != "Z"}


class Terminal:
    """A terminal in which ``watch`` runs."""

    def __init__(self, folder: Path, environment: dict[str, str], width: int) -> None:
        self.process = pexpect.spawn(
            *(WATCH[0], WATCH[1:]),
            cwd=str(folder),
            env=environment,
            dimensions=(50, width),
            encoding="utf-8",
            timeout=120,
            preexec_fn=partial(signal.signal, signal.SIGHUP, signal.SIG_DFL),  # nohup ignores it
        )
        self.ready()

    def sees(self, text: str) -> str:
        """Wait for a text; return what came before it."""
        self.process.expect_exact(text)
        return str(self.process.before)

    def ready(self) -> str:
        return self.sees("q quit")

    def presses(self, keys: str) -> None:
        self.process.send(keys)

    def ends(self) -> tuple[str, int | None]:
        """Wait for the end; return the last words and the status."""
        self.process.expect(pexpect.EOF)
        self.process.close()
        return str(self.process.before), self.process.exitstatus

    @property
    def children(self) -> set[int]:
        return descendants(self.process.pid)


@pytest.fixture
def terminal(
    workspace: Workspace, environment: dict[str, str]
) -> Iterator[Callable[..., Terminal]]:
    begun: list[Terminal] = []

    def begin(width: int = 100, **variables: str) -> Terminal:
        env = {**os.environ, **environment, "TERM": "xterm-256color", **variables}
        env.pop("COLUMNS")
        begun.append(Terminal(workspace.root, env, width))
        return begun[-1]

    yield begin
    for one in begun:
        one.process.close(force=True)


def test_is_a_day_at_the_desk_as_it_should_be(
    terminal: Callable[..., Terminal], write: Write, workspace: Workspace
) -> None:
    screen = terminal()
    for count in (1, 2):
        write(HALF.replace("return x\n", f"return x + {count}\n"))
        assert "8" in screen.sees("Look at check 2")
        assert ("Key h opens hint 1 of 3 for task 2" in screen.ready()) is (count == 2)
    screen.presses("h")
    screen.sees("What is half of eight?")
    screen.presses("\x1b[Ax")  # an arrow, and a letter that means nothing
    write(SOLVED)
    screen.sees("Passed: 3 of 3 points.")
    screen.sees("What follows: greet, about 5 minutes.")
    screen.sees("1 of 2 done")
    screen.ready()
    screen.presses("l")
    screen.sees("Greet a passenger")
    screen.presses("n")
    assert "Nobody says hello" in screen.sees("Watching greet")
    screen.ready()
    screen.presses("c")
    screen.sees("Not attempted yet: 0 of 1 points.")
    screen.ready()
    left = screen.children
    assert left
    screen.presses("q")
    _, status = screen.ends()
    assert status == 0
    assert alive(left) == set()
    kinds = [attempt.kind for attempt in workspace.ledger.read()]
    assert kinds == ["check", "check", "hint", "check", "check"]


def test_does_a_save_replace_the_judgement_of_the_one_before(
    terminal: Callable[..., Terminal], write: Write, workspace: Workspace
) -> None:
    screen = terminal()
    write(SOLVED)
    screen.sees("Passed: 3 of 3 points.")
    screen.ready()
    warm = screen.children
    for _ in range(2):
        write(SLOW)
        wait_for(lambda: any(workspace.home.glob("scratch/*/double.py")))
        time.sleep(1)
        write(SOLVED)
        screen.sees("Passed: 3 of 3 points.")
        screen.ready()
    assert [a.result.score for a in workspace.ledger.read() if a.result] == [3, 3, 3]
    assert len(list((workspace.home / "submissions").iterdir())) == 3
    assert alive(warm) == warm
    assert not (workspace.home / "scratch").exists()


def test_does_the_terminal_get_back_what_it_was(
    terminal: Callable[..., Terminal], write: Write, workspace: Workspace
) -> None:
    import termios

    screen = terminal()
    assert not termios.tcgetattr(screen.process.child_fd)[3] & termios.ECHO
    write(SLOW)
    wait_for(lambda: any(workspace.home.glob("scratch/*/double.py")))
    time.sleep(1)
    left = screen.children
    screen.process.sendintr()
    screen.process.expect_exact("Watching has ended; what was judged is recorded.")
    assert termios.tcgetattr(screen.process.child_fd)[3] & termios.ECHO
    assert screen.ends()[1] == 130
    assert alive(left) == set()
    assert workspace.ledger.read() == ()
    assert not (workspace.home / "scratch").exists()


@pytest.mark.parametrize("name", ["SIGKILL", "SIGHUP", "SIGTERM"])
def test_does_nothing_stay_of_a_watch_that_is_ended(
    terminal: Callable[..., Terminal], write: Write, workspace: Workspace, name: str
) -> None:
    screen = terminal()
    write(SLOW)
    wait_for(lambda: any(workspace.home.glob("scratch/*/double.py")))
    time.sleep(1)
    left = screen.children
    screen.process.kill(getattr(signal, name))
    wait_for(lambda: alive(left) == set(), 30)
    assert workspace.ledger.read() == ()
    with workspace.lock():
        pass


def test_does_a_judge_that_was_killed_come_back(
    terminal: Callable[..., Terminal], write: Write
) -> None:
    screen = terminal()
    write(SLOW)
    time.sleep(2)
    for pid in screen.children:
        if "watching.worker" in Path(f"/proc/{pid}/cmdline").read_text():
            os.kill(pid, signal.SIGKILL)
    screen.sees("The judge has ended; nothing is recorded:")
    write(SOLVED)
    screen.sees("Passed: 3 of 3 points.")


@pytest.mark.parametrize("key", ["y", "n", "q"])
def test_is_a_reset_asked_for(
    terminal: Callable[..., Terminal], write: Write, workspace: Workspace, key: str
) -> None:
    path = write(SLOW)
    screen = terminal()
    screen.presses("r")
    screen.sees("(y for yes, another key for no)")
    screen.presses(key)
    screen.sees("your files are kept in .workbench/backups/" if key == "y" else "Nothing was")
    assert (path.read_text() == SLOW) is (key != "y")
    time.sleep(0.5)  # the starter that came back is no save
    assert [attempt.kind for attempt in workspace.ledger.read()] == ["reset"] * (key == "y")
    if key == "q":
        assert screen.ends()[1] == 0


def test_is_the_page_opened(
    terminal: Callable[..., Terminal], write: Write, tmp_path: Path, workspace: Workspace
) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f"#!/bin/sh\necho $1 > {opened}\n")
    browser.chmod(0o755)
    screen = terminal(BROWSER=str(browser))
    write(SOLVED)
    screen.sees("Passed: 3 of 3 points.")
    screen.ready()
    screen.presses("o")
    screen.sees("The page of the last attempt is open in your browser")
    (page,) = (workspace.home / "pages").iterdir()
    assert opened.read_text().strip() == page.as_uri()
    assert "Passed: 3 of 3 points." in page.read_text()


@pytest.mark.parametrize("width", [30, 200])
def test_is_there_a_bar_in_every_width(terminal: Callable[..., Terminal], width: int) -> None:
    screen = terminal(width)
    screen.presses("n")
    screen.sees("The task is in")
    assert screen.process.isalive()


def driven(
    workspace: Workspace, environment: dict[str, str], typed: str, **options: Any
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        WATCH,
        cwd=workspace.root,
        env={**os.environ, **environment},
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        **options,
    )


def test_can_a_program_drive_it(
    workspace: Workspace, environment: dict[str, str], write: Write
) -> None:
    write(SOLVED)
    done = driven(workspace, environment, "\ncheck\nhint\nlist\nnext\nquit\ncheck\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("Passed: 3 of 3 points.") == 2
    order = ["Task 1: double", "Greet a passenger", "Nobody says hello", "Watching greet"]
    assert re.search(".*".join(order), done.stdout, re.DOTALL)
    assert "\x1b" not in done.stdout
    assert [a.kind for a in workspace.ledger.read()] == ["check", "check", "hint"]


@pytest.mark.parametrize("typed", ["check", "check\n"])
def test_does_the_end_of_the_input_wait_for_the_verdict(
    workspace: Workspace, environment: dict[str, str], write: Write, typed: str
) -> None:
    write(SOLVED)
    done = driven(workspace, environment, typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Passed: 3 of 3 points." in done.stdout


def test_is_no_input_the_end(workspace: Workspace, environment: dict[str, str]) -> None:
    done = subprocess.run(
        WATCH,
        cwd=workspace.root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        preexec_fn=lambda: os.close(0),
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
