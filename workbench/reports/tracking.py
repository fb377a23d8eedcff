"""Attempts as MLflow runs. The ledger is the truth; the store follows it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, Run, ViewType
from mlflow.exceptions import MlflowException
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from sqlalchemy.exc import SQLAlchemyError

from workbench.course import Course
from workbench.reports.class_server import (
    experiment_name,
    is_server,
    learner,
    without_credentials,
)
from workbench.reports.clean import plain_text
from workbench.reports.runs import SHARE, Told, told
from workbench.reports.store import StoreError, artifacts, follow_move, is_made, own_store
from workbench.reports.views import View, views
from workbench.results import Outcome
from workbench.workspace.attempts import Attempt
from workbench.workspace.durable import exclusive
from workbench.workspace.folder import Workspace

_ATTEMPT = "workbench.attempt"
_WORKSPACE = "workbench.workspace"
_KIND = {"mlflow.experimentKind": "custom_model_development"}  # MLflow's pages ask for it


def record_attempts(
    workspace: Workspace, course: Course, on_found: Callable[[str], object] = str
) -> int:
    """Record each check of the ledger that the store does not have yet, oldest first.

    A run that an earlier recorder left unfinished is completed: every value has the attempt's
    own time, so writing it twice changes nothing. A run that the learner deleted stays deleted.
    With an empty ledger this only makes the store, which takes MLflow more than a second.

    Parameters
    ----------
    on_found
        Called with the number of the experiment, before attempts are recorded.

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
    attempts = told(ledger, {exercise.id: exercise for exercise in course})
    with _explained(workspace.store), exclusive(workspace.home / "record.lock", wait=True):
        client = _connect(workspace)
        experiment = _experiment(client, workspace, views([each.exercise for each in attempts]))
        on_found(experiment)
        runs = _recorded(client, experiment, ledger)
        missing = [each for each in attempts if not _is_done(runs.get(each.attempt.id))]
        for each in missing:
            run = runs.get(each.attempt.id) or _begin(client, experiment, each, ledger[0].id)
            _complete(client, run.info.run_id, each, workspace)
    return len(missing)


@contextmanager
def _explained(store: str) -> Iterator[None]:
    """Turn what a store raises into one sentence."""
    try:
        yield
    except (MlflowException, SQLAlchemyError, sqlite3.Error, OSError) as problem:
        said = without_credentials(plain_text(str(problem))).partition("\n")[0][:200]
        raise StoreError(
            f"The MLflow store {without_credentials(store)} could not be written ({said}). "
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


def _experiment(client: MlflowClient, workspace: Workspace, views: Sequence[View]) -> str:
    """Find the learner's experiment, or make it; see to it that it has the views."""
    name, keeps_artefacts = experiment_name(), is_server(workspace.store)
    found = client.get_experiment_by_name(name)
    if found is None:
        tags = {**_KIND, **{view.tag: view.value for view in views}}
        place = None if keeps_artefacts else artifacts(workspace)
        return str(client.create_experiment(name, place, tags))
    if found.lifecycle_stage == "deleted":
        client.restore_experiment(found.experiment_id)
    for view in views:
        if view.replaces(found.tags.get(view.tag, "")):
            with suppress(MlflowException):  # a server may refuse it: attempts matter, views do not
                client.set_experiment_tag(found.experiment_id, view.tag, view.value)
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


def _begin(client: MlflowClient, experiment: str, attempt: Told, workspace: str) -> Run:
    tags = {
        **attempt.tags,
        _ATTEMPT: attempt.attempt.id,
        _WORKSPACE: workspace,
        "mlflow.user": learner(),
    }
    return client.create_run(experiment, attempt.start, tags, attempt.name)


def _complete(client: MlflowClient, run: str, attempt: Told, workspace: Workspace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        attempt.write_artefacts(Path(folder), workspace.submission(attempt.attempt.id))
        client.log_artifacts(run, folder)
    # A line over the steps of an exercise's runs is one over the attempts.
    steps = {SHARE: attempt.number}
    metrics = [Metric(m, v, attempt.end, steps.get(m, 0)) for m, v in attempt.metrics.items()]
    params = [Param(*param) for param in attempt.params.items()]
    client.log_batch(run, metrics, params)
    ours = attempt.result.outcome is Outcome.GRADER_ERROR
    client.set_terminated(run, "FAILED" if ours else "FINISHED", attempt.end)
