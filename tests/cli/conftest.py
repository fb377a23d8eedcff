from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from workbench.cli.commands import app
from workbench.course import Course, Exercise, load_course
from workbench.results import CheckResult, Outcome
from workbench.results import Result as Judgement
from workbench.workspace.delivery import deliver
from workbench.workspace.folder import Workspace, make_workspace

# MLflow takes seconds to import; most tests of processes are not about it.
WITHOUT_MLFLOW = """
import sys
from workbench.cli import checking, starting
from workbench.__main__ import main
from workbench.watching import watch
checking.record = starting.record = watch.record_later = lambda workspace: ""
main()
"""
COURSE = Path(__file__).parents[1] / "workspace" / "course"


@dataclass
class Cli:
    """The command, run in this process; MLflow and the judge are stood in for."""

    folder: Path
    env: Mapping[str, str]
    monkeypatch: pytest.MonkeyPatch
    recorded: list[Path] = field(default_factory=list)

    def __call__(self, *arguments: object, typed: str | None = None) -> Result:
        self.monkeypatch.chdir(self.folder)
        words = [str(argument) for argument in arguments]
        return CliRunner().invoke(
            app, words, input=typed, env=dict(self.env), prog_name="workbench"
        )

    def json(self, *arguments: object) -> Any:
        done = self(*arguments, "--json")
        assert len(done.stdout.splitlines()) == 1
        return json.loads(done.stdout)


def judge(
    exercise: Exercise,
    folder: Path,
    *,
    seed: int,
    isolation: str = "process",
    on_check: Callable[[CheckResult], None] | None = None,
    keep: Path | None = None,
) -> Judgement:
    """Stand in for the judge: the first line of the file names the outcome of each check."""
    written = (folder / exercise.submit[0]).read_text().splitlines()[0]
    named = written.removeprefix("# ").split(", ") if written.startswith("# ") else []
    checks = []
    for number, criterion in enumerate(exercise.criteria):
        outcome = Outcome(named[number % len(named)] if named else "not attempted")
        points = criterion.points if outcome is Outcome.PASSED else 0
        check = CheckResult(criterion.id, criterion.title, outcome, points, criterion.points)
        checks.append(check)
        if on_check:
            on_check(check)
    return Judgement(exercise.id, tuple(checks), seed, isolation, 0.1)


@pytest.fixture
def course_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COURSE, tmp_path / "course"))


@pytest.fixture
def course(course_folder: Path) -> Course:
    return load_course(course_folder)


@pytest.fixture
def environment(course_folder: Path) -> dict[str, str]:
    return {"WORKBENCH_COURSE": str(course_folder), "COLUMNS": "200", "TERM": "dumb"}


@pytest.fixture
def workspace(tmp_path: Path, course: Course) -> Workspace:
    made = make_workspace(tmp_path / "desk")
    with made.lock():
        deliver(made, course)
    return made


@pytest.fixture
def nowhere(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command, run where there is no workspace."""
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    (tmp_path / "elsewhere").mkdir()
    cli = Cli(tmp_path / "elsewhere", environment, monkeypatch)

    def record(workspace: Workspace) -> str:
        cli.recorded.append(workspace.root)
        return ""

    for room in ("checking", "starting"):
        monkeypatch.setattr(f"workbench.cli.{room}.record", record)
    monkeypatch.setattr("workbench.practice.find_recorded", lambda workspace: ("7", ""))
    monkeypatch.setattr("workbench.practice.grade", judge)
    monkeypatch.setattr("workbench.cli.checking.grade", judge)
    monkeypatch.setattr("workbench.flights.status", lambda: SimpleNamespace(ready=True))
    return cli


@pytest.fixture
def cli(nowhere: Cli, workspace: Workspace) -> Cli:
    """The command, run at the top of a workspace."""
    nowhere.folder = workspace.root
    return nowhere


@pytest.fixture
def write(workspace: Workspace) -> Callable[[str], Path]:
    """Write the learner's answer to the first exercise."""

    def write(text: str) -> Path:
        path = workspace.root / "01_counting/double/double.py"
        path.write_text(text)
        return path

    return write


@pytest.fixture
def process(
    workspace: Workspace, environment: dict[str, str]
) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the command as a process of its own, in its own group, as a shell does."""
    begun: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, mlflow: bool = False, **options: Any) -> subprocess.Popen[str]:
        # in the background of a script SIGINT is ignored; at a prompt it is not
        usual = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
        options = {"cwd": workspace.root, "stdout": subprocess.PIPE, **usual, **options}
        entry = ["-m", "workbench"] if mlflow else ["-c", WITHOUT_MLFLOW]
        process = subprocess.Popen(
            [sys.executable, *entry, *arguments],
            env=os.environ | environment,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **options,
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.communicate()
