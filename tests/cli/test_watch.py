"""What ``watch`` says to each word, with a judge that is stood in for."""

from __future__ import annotations

import contextlib
import errno
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from workbench.course import Exercise
from workbench.watching.judge import Told
from workbench.workspace.folder import Workspace

from .conftest import Cli, judge

Write = Callable[[str], Path]
Say = Callable[..., Result]
PASSING = "# passed\n"
FAILING = "# passed, failed\n"


class Judge:
    """Answers at once."""

    last_words = "out of memory"

    def __init__(self, exercise: Exercise, log: Path, tell: Callable[[Any], None]) -> None:
        self._exercise = exercise
        self._tell = tell

    def ask(self, folder: Path, seed: int, keep: Path) -> None:
        if "dead" in (folder / self._exercise.submit[0]).read_text():
            self._tell(Told(self, {}))
            return
        result = json.loads(judge(self._exercise, folder, seed=seed).to_json())
        for check in result["checks"]:
            self._tell(Told(self, {"check": check}))
        self._tell(Told("an abandoned one", {}))
        self._tell(Told(self, {"result": result}))

    def abandon(self) -> None: ...

    def close(self) -> None: ...

    def is_speaking(self, told: Told) -> bool:
        return told.speaker is self


@pytest.fixture
def say(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Run ``watch`` on some words; a function among them is called when its turn comes."""

    def say(*words: str, name: str = "") -> Result:
        @contextlib.contextmanager
        def listen(tell: Callable[[str], None], keyboard: bool) -> Iterator[None]:
            for word in (*words, "quit"):
                tell(word)
            yield

        monkeypatch.setattr("workbench.watching.watch.listen", listen)
        return cli("watch", *([name] if name else []))

    monkeypatch.setattr("workbench.watching.watch.WarmJudge", Judge)
    monkeypatch.setattr("workbench.watching.watch.record_later", lambda workspace: "")
    return say


def test_is_a_verdict_shown_and_recorded_as_check_does(
    say: Say, cli: Cli, write: Write, workspace: Workspace
) -> None:
    write(FAILING)
    shown = say("check").stdout
    checked = cli("check").stdout
    assert checked.partition("then run")[0] in shown
    one, other = workspace.ledger.read()
    assert (one.kind, one.exercise, one.files, one.result) == (
        *("check", "double"),
        *(other.files, other.result),
    )
    assert (workspace.submission(one.id) / "double.py").read_text() == FAILING
    assert not (workspace.home / "scratch").exists()


def test_does_a_pass_lead_on(say: Say, write: Write, workspace: Workspace) -> None:
    write(PASSING)
    done = say("check", "next", "check")
    assert done.exit_code == 0
    assert "What follows: greet, about 5 minutes." in done.stdout
    assert "Watching greet: edit greet.py in " in done.stdout
    assert "1 of 2 done; Naming: greet (not attempted)" in done.stdout
    assert [attempt.exercise for attempt in workspace.ledger.read()] == ["double", "greet"]


def test_does_next_show_the_brief_where_one_is(say: Say) -> None:
    shown = say("next").stdout
    assert "The desk counts every seat twice" in shown
    assert shown.count("Watching double") == 1


def test_is_there_an_end(say: Say, cli: Cli) -> None:
    for name in ("double", "greet"):
        cli("solution", name, "--give-up")
    assert "Every exercise is done." in say("next", name="double").stdout
    assert say().exit_code == 1


def test_is_an_exercise_watched_by_its_name(say: Say) -> None:
    assert "Watching greet" in say(name="greet").stdout
    assert say(name="grete").exit_code == 2


def test_are_hints_and_the_list_shown(say: Say, workspace: Workspace) -> None:
    shown = say("hint", "hint", "list").stdout
    assert "What is three and three?" in shown
    assert "Look at `*`." in shown
    assert "Greet a passenger" in shown
    assert [attempt.details["rung"] for attempt in workspace.ledger.read()] == [1, 2]


@pytest.mark.parametrize(("answer", "kept"), [("yes", False), ("no", True), ("next", True)])
def test_does_a_reset_ask_once(
    say: Say, write: Write, workspace: Workspace, answer: str, kept: bool
) -> None:
    path = write("mine")
    shown = say("reset", answer).stdout
    assert "Replace your files of double by the starter? (yes or no)" in shown
    assert (path.read_text() == "mine") is kept
    assert ("Nothing was changed." in shown) is kept
    assert ("your files are kept in .workbench/backups/" in shown) is not kept
    assert len(workspace.ledger.read()) == (not kept)


def test_does_quit_end_also_where_one_was_asked(say: Say, write: Write) -> None:
    path = write("mine")
    assert say("reset").exit_code == 0
    assert path.read_text() == "mine"


def test_is_an_unknown_word_told(say: Say) -> None:
    assert '"jump" is not known. Say check, hint,' in say("jump").stdout


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(" ", "double.py is empty."), ("def f(:\n", "double.py, line 1 is not valid Python")],
)
def test_does_the_loop_go_on_after_a_file_that_cannot_be_judged(
    say: Say, write: Write, workspace: Workspace, text: str, sentence: str
) -> None:
    write(text)
    done = say("check", "list")
    assert done.exit_code == 0
    assert sentence in done.stdout
    assert "Greet a passenger" in done.stdout
    assert workspace.ledger.read() == ()


def test_does_the_loop_go_on_while_another_command_is_at_work(
    say: Say, write: Write, workspace: Workspace
) -> None:
    path = write("mine")
    with workspace.lock():
        done = say("check", "reset", "yes")
    assert done.exit_code == 0
    assert done.stdout.count("Another workbench command is at work in this workspace") == 2
    assert path.read_text() == "mine"


def test_is_a_judge_that_ended_told_and_nothing_recorded(
    say: Say, write: Write, workspace: Workspace
) -> None:
    write("x = 'dead'\n")
    shown = say("check").stdout
    assert "The judge has ended; nothing is recorded: out of memory" in shown
    assert "Run `workbench doctor`, or judge again." in shown
    assert workspace.ledger.read() == ()
    assert not (workspace.home / "scratch").exists()


def test_is_the_verdict_told_when_it_cannot_be_recorded(
    say: Say, write: Write, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def append(path: Path, line: bytes, *, closing: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("workbench.workspace.attempts.append_line", append)
    write(PASSING)
    done = say("check")
    assert done.exit_code == 0
    assert "Passed: 3 of 3 points." in done.stdout
    assert "This attempt could not be recorded: No space left on device." in done.stdout
    assert list((workspace.home / "submissions").iterdir()) == []


def test_is_a_full_disk_a_sentence(say: Say, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_whole(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("workbench.workspace.folder.write_whole", write_whole)
    write(PASSING)
    done = say("check")
    assert done.exit_code == 0
    assert "The disk is full; no file is half-written." in done.stdout


def test_is_it_told_that_mlflow_is_behind(
    say: Say, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.watching.watch.record_later", lambda workspace: "no server")
    write(PASSING)
    assert "not told to MLflow, which is tried again: no server" in say("check").stdout


def test_is_there_no_page_before_a_check(say: Say) -> None:
    assert "double has not been judged yet: there is no page." in say("open").stdout


def test_is_a_page_that_cannot_be_written_a_sentence(
    say: Say, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.reports.pages.own_environment", lambda: {"PYTHONPATH": "/"})
    monkeypatch.setattr("workbench.reports.pages.sys.executable", "/bin/false")
    write(PASSING)
    shown = say("check", "open").stdout
    assert "The page could not be written: it said nothing. `workbench doctor` may" in shown


def test_is_a_slow_page_given_up(say: Say, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.reports.pages._SECONDS", 0.01)
    write(PASSING)
    assert "The page was not drawn within 0.01 seconds." in say("check", "open").stdout
