"""Attempts as MLflow runs. The ledger is the truth; the store follows it."""

from __future__ import annotations

import getpass
import math
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, Run, ViewType
from mlflow.exceptions import MlflowException
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from sqlalchemy.exc import SQLAlchemyError

from workbench import __version__
from workbench.attempts import Attempt
from workbench.course import Course, Exercise
from workbench.durable import exclusive
from workbench.reports.clean import plain_text
from workbench.reports.figures import FigureError, png
from workbench.reports.html import about_attempt, page
from workbench.reports.store import (
    EXPERIMENT,
    StoreError,
    artifacts,
    follow_move,
    is_made,
    own_store,
)
from workbench.results import CheckResult, Outcome, Result
from workbench.workspace import Workspace

_ATTEMPT = "workbench.attempt"
_WORKSPACE = "workbench.workspace"
_KIND = {"mlflow.experimentKind": "custom_model_development"}  # MLflow's pages ask for it


def record_attempts(workspace: Workspace, course: Course) -> int:
    """Record each check of the ledger that the store does not have yet, oldest first.

    A run that an earlier recorder left unfinished is completed: every value has the attempt's
    own time, so writing it twice changes nothing. A run that the learner deleted stays deleted.
    With an empty ledger this only makes the store, which takes MLflow more than a second.

    Returns
    -------
    int
        How many attempts were recorded now.

    Raises
    ------
    StoreError
        When the store cannot be written. What was recorded before stays.
    """
    ledger = workspace.ledger.read()
    with _explained(workspace.store), exclusive(workspace.home / "record.lock", wait=True):
        client = _connect(workspace)
        experiment = _experiment(client, workspace)
        runs = _recorded(client, experiment, ledger)
        missing = [a for a in ledger if a.result and not _is_done(runs.get(a.id))]
        for attempt in missing:
            run = runs.get(attempt.id) or _begin(client, experiment, attempt, ledger[0].id)
            _complete(client, run.info.run_id, attempt, workspace, course)
    return len(missing)


@contextmanager
def _explained(store: str) -> Iterator[None]:
    """Turn what a store raises into one sentence."""
    try:
        yield
    except (MlflowException, SQLAlchemyError, sqlite3.Error, OSError) as problem:
        reason = plain_text(str(problem)).partition("\n")[0][:200]
        raise StoreError(
            f"The MLflow store {store} could not be written ({reason}). "
            "No attempt is lost: the next check records this one too."
        ) from problem


def _connect(workspace: Workspace) -> MlflowClient:
    file = own_store(workspace)
    if file and not is_made(file):
        _make(file, workspace)
    elif file:
        follow_move(workspace, file)
    return MlflowClient(workspace.store)


def _make(file: Path, workspace: Workspace) -> None:
    """Make the store in memory, sparing the disk MLflow's migrations; then whole or not at all."""
    made = SqlAlchemyStore("sqlite:///:memory:", artifacts(workspace))
    draft = file.with_name("mlflow.db.draft")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(draft)) as copy, closing(made.engine.raw_connection()) as memory:
        memory.driver_connection.backup(copy)
    made.engine.dispose()
    draft.replace(file)


def _experiment(client: MlflowClient, workspace: Workspace) -> str:
    found = client.get_experiment_by_name(EXPERIMENT)
    if found is None:
        place = artifacts(workspace) if own_store(workspace) else None
        return str(client.create_experiment(EXPERIMENT, place, _KIND))
    if found.lifecycle_stage == "deleted":
        client.restore_experiment(found.experiment_id)
    return str(found.experiment_id)


def _recorded(
    client: MlflowClient, experiment: str, ledger: Sequence[Attempt]
) -> Mapping[str, Run]:
    """Ask the store for this workspace's runs, by attempt; a class server holds others' too."""
    if not ledger:
        return {}
    mine = f"tags.`{_WORKSPACE}` = '{ledger[0].id}'"
    runs: list[Run] = []
    token = ""
    while token is not None:
        found = client.search_runs([experiment], mine, ViewType.ALL, 1000, page_token=token or None)
        runs += found
        token = found.token
    return {run.data.tags[_ATTEMPT]: run for run in runs}


def _is_done(run: Run | None) -> bool:
    return run is not None and (
        run.info.status != "RUNNING" or run.info.lifecycle_stage == "deleted"
    )


def _begin(client: MlflowClient, experiment: str, attempt: Attempt, workspace_id: str) -> Run:
    result = _result(attempt)
    tags = {
        _ATTEMPT: attempt.id,
        _WORKSPACE: workspace_id,
        "exercise": attempt.exercise,
        "outcome": result.outcome.value,
        "mlflow.user": _user(),
        "mlflow.source.name": f"workbench check {attempt.exercise}",
    }
    name = f"{attempt.exercise} {result.score}/{result.max_score}"
    return client.create_run(experiment, _milliseconds(attempt.time), tags, name)


def _user() -> str:
    try:
        return getpass.getuser()
    except (
        KeyError,
        OSError,
        ImportError,
    ):  # a container's user need not have a name, nor Windows's
        return "unknown"


def _complete(
    client: MlflowClient, run: str, attempt: Attempt, workspace: Workspace, course: Course
) -> None:
    result = _result(attempt)
    end = _milliseconds(attempt.time + timedelta(seconds=result.seconds))
    exercise = next((e for e in course if e.id == attempt.exercise), None)
    with tempfile.TemporaryDirectory() as folder:
        _write_artefacts(Path(folder), attempt, exercise, workspace)
        client.log_artifacts(run, folder)
    metrics = [Metric(name, value, end, 0) for name, value in _metrics(result).items()]
    params = [Param(name, value) for name, value in _params(result, exercise).items()]
    client.log_batch(run, metrics, params)
    ours = result.outcome is Outcome.GRADER_ERROR
    client.set_terminated(run, "FAILED" if ours else "FINISHED", end)


def _params(result: Result, exercise: Exercise | None) -> dict[str, str]:
    return {
        "exercise": result.exercise,
        "stage": exercise.stage if exercise else "",
        "seed": str(result.seed),
        "isolation": result.isolation,
        "workbench": __version__,
    }


def _metrics(result: Result) -> dict[str, float]:
    """Name the points, and the evidence as far as it is finite."""
    totals = {"score": result.score, "max_score": result.max_score, "seconds": result.seconds}
    points = {f"check.{check.id}": check.points for check in result.checks}
    evidence = {
        f"{check.id}.{name}": value
        for check in result.checks
        for name, value in check.numbers.items()
        if value is not None and math.isfinite(value)
    }
    named = {**evidence, **points, **totals}
    return {re.sub(r"[^\w.\- ]", "_", name)[:250]: float(named[name]) for name in named}


def _write_artefacts(
    folder: Path, attempt: Attempt, exercise: Exercise | None, workspace: Workspace
) -> None:
    result, submission = _result(attempt), workspace.submission(attempt.id)
    if submission.is_dir():
        shutil.copytree(submission, folder / "submission", symlinks=True)
    # A lone surrogate becomes its JSON escape.
    (folder / "result.json").write_bytes(result.to_json().encode("utf-8", "backslashreplace"))
    html = page(result, exercise, about_attempt(attempt))
    (folder / "attempt.html").write_text(html, encoding="utf-8")
    for check in result.checks:
        _write_figures(folder / "figures", check)


def _write_figures(folder: Path, check: CheckResult) -> None:
    """Leave out what cannot be drawn: the page tells why."""
    for number, figure in enumerate(check.figures, start=1):
        folder.mkdir(exist_ok=True)
        with suppress(FigureError):
            (folder / f"{check.id}-{number}.png").write_bytes(png(figure))


def _result(attempt: Attempt) -> Result:
    assert attempt.result is not None, "only checks are recorded"
    return attempt.result


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
