"""A judgement where nothing can fork and no descriptor can be handed over, as on Windows.

It is Linux all the same: see other_system/sitecustomize.py for what is put on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import WITHOUT_MLFLOW
from tests.cli.test_process import SOLVED
from workbench.course import Exercise
from workbench.workspace.folder import make_workspace

from .conftest import REFERENCE

HERE = Path(__file__).parent
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="there, all tests are of this kind"),
]

JUDGE = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from workbench.course import load_course
from workbench.judging.grade import Grader
from workbench.judging.processes import can_fork

assert not can_fork()
exercise = load_course(Path(sys.argv[1])).find("tally")
folder = Path(sys.argv[2])
with Grader(exercise.needs) as grader:
    for text in json.load(sys.stdin):
        (folder / "tally.py").write_text(text)
        result = grader.grade(exercise, folder, seed=1)
        print(json.dumps([[check.outcome, check.message, check.output] for check in result.checks]))
"""
PRINTS = """
import sys
print("on", sys.modules["workbench.judging.confine"].sys.platform)
print("ünïcödé", file=sys.stderr)
"""


def environment() -> dict[str, str]:
    paths = [str(HERE / "other_system"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def judge(tmp_path: Path, *texts: str) -> list[list[list[str]]]:
    done = subprocess.run(
        [sys.executable, "-c", JUDGE, str(HERE / "course"), str(tmp_path)],
        input=json.dumps(texts),
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_are_submissions_judged_as_they_are_here(tally: Exercise, tmp_path: Path) -> None:
    ends = REFERENCE.replace("return frame", "import os; os._exit(7); return frame")
    talks, ended = judge(tmp_path, REFERENCE + PRINTS, ends)
    assert {outcome for outcome, _, _ in talks} == {"passed"}
    assert talks[0][2].split() == ["on", "win32", "ünïcödé"]
    assert ended[0][0] == "error"
    assert "ended the whole process (exit status 7)" in ended[0][1]


STEPS = """
import sys
from pathlib import Path
from workbench.judging.bounds import Bounds
from workbench.judging.dialogue import Task
from workbench.judging.learner import Learner
from workbench.judging.plain import PlainStarter
from workbench.judging.processes import LEARNER

home = sys.argv[1]
job = b'''
def run():
    for name in "ab":
        with open(name, "w") as file:
            file.write(name)
'''
starter = PlainStarter(LEARNER, home)
task = Task({"job.py": job}, 10.0, 60.0, Bounds(), home)
with Learner(lambda: starter, task) as learner:
    assert learner.killed_at(2, "run")
    assert learner.files() == {"a": b"a"}, learner.files()
    assert len(learner.steps("run")) == 2
    assert not learner.killed_at(3, "run")
    assert learner.files() == {"a": b"a", "b": b"b"}
starter.close()
print(*Path(home).iterdir())
"""


def test_is_a_job_killed_and_begun_again(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STEPS, str(tmp_path)],
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [Path(name).name for name in done.stdout.split()] == ["processes.log"]


def run_command(folder: Path, *arguments: str, **options: Any) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_MLFLOW, *arguments],
        cwd=folder,
        env={**environment(), "WORKBENCH_COURSE": str(HERE.parent / "workspace/course")},
        capture_output=True,
        text=True,
        **options,
    )
    assert done.stderr == ""
    return done.stdout


def test_is_a_day_at_the_desk_as_it_is_here(tmp_path: Path) -> None:
    desk = make_workspace(tmp_path / "desk")
    assert "Next: edit double.py there" in run_command(desk.root, "next")
    (folder := desk.root / "01_counting/double").mkdir(parents=True)
    (folder / "double.py").write_text(SOLVED)
    said = run_command(desk.root, "watch", input="check\nquit\n")
    assert "Passed: 3 of 3 points." in said
    assert "not on win32" in run_command(desk.root, "doctor")
    assert "3/3" in run_command(desk.root, "list")
