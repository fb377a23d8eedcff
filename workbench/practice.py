"""One attempt: judge the learner's files, write it down, then tell MLflow."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import workbench
from workbench.apart import apart
from workbench.course import Exercise
from workbench.judging.grade import grade
from workbench.judging.submission import Submission
from workbench.results import CheckResult, Result
from workbench.workspace.attempts import Attempt
from workbench.workspace.folder import Workspace
from workbench.workspace.versions import noted

_RECORD_SECONDS = 120


class NotRecorded(Exception):
    """The attempt was judged, and could not be written down.

    Parameters
    ----------
    result
        The judgement, which the learner should see all the same.
    """

    def __init__(self, result: Result, problem: OSError) -> None:
        self.result = result
        super().__init__(
            f"This attempt could not be recorded: {problem.strerror or problem}. "
            "Make room or give access, then check again."
        )


def attempt(
    workspace: Workspace,
    exercise: Exercise,
    *,
    seed: int,
    on_check: Callable[[CheckResult], None] | None = None,
) -> Result:
    """Judge what lies in the workspace, and only return when the ledger has it.

    What is judged is a snapshot: the learner may go on editing.

    Raises
    ------
    NotRecorded
        When the ledger or the snapshot could not be written after the judgement.
    """
    with draft(workspace, exercise) as drafted:
        keep = workspace.logged(exercise)
        result = grade(exercise, drafted.folder, seed=seed, on_check=on_check, keep=keep)
        drafted.record(result)
    return result


@dataclass(frozen=True)
class Draft:
    """An attempt before its judgement: it is gone unless it is recorded.

    Parameters
    ----------
    folder
        The snapshot of the learner's files.
    """

    workspace: Workspace
    folder: Path
    attempt: Attempt

    def record(self, result: Result) -> None:
        """Write the attempt down.

        Raises
        ------
        NotRecorded
            When the ledger or the snapshot could not be written.
        """
        made = replace(self.attempt, result=result)
        try:
            self.workspace.keep_snapshot(made.id)
            self.workspace.ledger.append(made)
        except OSError as problem:
            self.workspace.drop_snapshot(made.id)
            raise NotRecorded(result, problem) from problem


@contextmanager
def draft(workspace: Workspace, exercise: Exercise) -> Iterator[Draft]:
    """Take a snapshot of what lies in the workspace, and hold the lock.

    Raises
    ------
    SubmissionError
        When there is nothing that could be judged.
    WorkspaceError
        When another command is at work.
    """
    with workspace.lock():
        files = Submission.read(exercise, workspace.folder(exercise)).files
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        made = Attempt("check", exercise.id, files=digests, details=noted())
        yield Draft(workspace, workspace.draft_snapshot(made.id, files), made)


def record(workspace: Workspace) -> str:
    """Bring MLflow up to the ledger, in a process of its own.

    Returns
    -------
    str
        Why it could not be done; empty when it was.
    """
    return find_recorded(workspace)[1]


def find_recorded(workspace: Workspace) -> tuple[str, str]:
    """Bring MLflow up to the ledger, and find where the attempts are.

    Returns
    -------
    experiment, problem
        The experiment's number, as far as it was found; and why not all is recorded, if so.
    """
    try:
        done = subprocess.run(
            _recorder(workspace),
            env=own_environment(),
            capture_output=True,
            timeout=_RECORD_SECONDS,
        )
    except subprocess.TimeoutExpired as late:
        found = (late.stdout or b"").decode().strip()
        return found, f"not all was told within {_RECORD_SECONDS} seconds; the next check goes on"
    found, said = done.stdout.decode().strip(), done.stderr.decode(errors="replace").strip()
    problem = (said.splitlines() or ["it ended without a word"])[-1].strip()
    return found, problem if done.returncode else ""


def record_later(workspace: Workspace) -> str:
    """Bring MLflow up to the ledger in the background: nobody waits at the prompt.

    Returns
    -------
    str
        Why the last recorder could not; empty when it could.
    """
    problem = workspace.unrecorded
    reason = problem.read_text(encoding="utf-8").strip() if problem.exists() else ""
    subprocess.Popen(
        _recorder(workspace),
        env=own_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **apart(),  # the end of the terminal is not its end
    )
    return reason


def _recorder(workspace: Workspace) -> list[str]:
    return [sys.executable, "-P", "-m", "workbench.reports.record", str(workspace.root)]


def own_environment() -> dict[str, str]:
    """Environment in which ``python -P -m workbench...`` finds this workbench and no telemetry.

    -P keeps a learner's ``random.py`` or ``mlflow.py`` in the current folder from being imported.
    """
    here = str(Path(workbench.__file__).resolve().parent.parent)
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "DO_NOT_TRACK": "true",
    }
