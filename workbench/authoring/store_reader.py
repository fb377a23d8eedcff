"""Reads and fills MLflow stores, in a process that runs no learner's code.

The judge sends this file to that process, beside the files of a store, and believes what it
tells about them. `answer` alone runs what somebody logged: nothing is believed of a process that
has answered for a model.
"""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mlflow.sklearn
import pandas as pd
from mlflow import MlflowClient
from mlflow.entities import LoggedModel, Metric, Param, Run, RunTag, ViewType
from mlflow.entities.model_registry import ModelVersion
from mlflow.models import Model
from mlflow.utils.file_utils import local_file_uri_to_path

DATABASE = "mlflow.db"
_MOST = 5_000  # runs, models or versions
_PLACES = {
    "experiments": ["artifact_location"],
    "runs": ["artifact_uri"],
    "logged_models": ["artifact_location"],
    "model_versions": ["source", "storage_location"],
}


def read() -> dict[str, Any]:
    """Tell what is in the store of this folder."""
    client = MlflowClient()
    experiments = {e.experiment_id: e.name for e in client.search_experiments(ViewType.ALL)}
    runs = client.search_runs(list(experiments), run_view_type=ViewType.ALL, max_results=_MOST)
    models = client.search_logged_models(list(experiments), max_results=1_000)
    registered = client.search_registered_models(max_results=1_000)
    aliases = {model.name: model.aliases for model in registered}
    versions = client.search_model_versions(max_results=_MOST)
    return {
        "runs": [_run(run, experiments) for run in runs],
        "models": [_model(model) for model in models],
        "versions": [_version(version, aliases.get(version.name, {})) for version in versions],
        "registered": list(aliases),
    }


def fill(runs: list[dict[str, Any]]) -> list[str]:
    """Log runs of other people; tell their ids."""
    client = MlflowClient()
    return [_log(client, run) for run in runs]


def move(former: str, folder: str) -> None:
    """Let the artifacts of a store be where its folder is moved to."""
    with sqlite3.connect(DATABASE) as database:
        for table, columns in _PLACES.items():
            for column in columns:
                # names of tables and columns are ours
                order = f"UPDATE {table} SET {column} = replace({column}, ?, ?)"  # noqa: S608
                database.execute(order, (former, folder))


def answer(folder: str, frame: pd.DataFrame) -> Any:
    """Ask a logged scikit-learn model for the probability of the second class."""
    model = mlflow.sklearn.load_model(str(Path(folder).absolute()))
    return model.predict_proba(frame)[:, 1]


def _run(run: Run, experiments: dict[str, str]) -> dict[str, Any]:
    inputs = [
        {
            "name": entry.dataset.name,
            "digest": entry.dataset.digest,
            "context": next((t.value for t in entry.tags if t.key == "mlflow.data.context"), ""),
        }
        for entry in run.inputs.dataset_inputs
    ]
    return {
        "id": run.info.run_id,
        "experiment": experiments[run.info.experiment_id],
        "name": str(run.info.run_name or ""),
        "status": run.info.status,
        "deleted": run.info.lifecycle_stage != "active",
        "started": _time(run.info.start_time),
        "ended": _time(run.info.end_time),
        "params": _texts(run.data.params),
        # as text: a metric may be NaN or infinite
        "metrics": {name: repr(float(value)) for name, value in run.data.metrics.items()},
        "tags": _texts(run.data.tags),
        "datasets": inputs,
        "models": [output.model_id for output in run.outputs.model_outputs],
    }


def _model(model: LoggedModel) -> dict[str, Any]:
    return {
        "id": model.model_id,
        "name": model.name,
        "run_id": model.source_run_id or "",
        "status": str(model.status.value),
        "folder": _place(model.artifact_location),
        "params": _texts(model.params),
        "metrics": [[m.key, repr(m.value), m.dataset_digest or ""] for m in model.metrics or ()],
        "tags": _texts(model.tags),
    }


def _place(address: str) -> str:
    """Write the folder of an address with slashes; MLflow has plain paths, on Windows URIs."""
    path = local_file_uri_to_path(address) if address.startswith("file:") else address
    return Path(path).as_posix()


def describe(folder: str) -> dict[str, Any]:
    """Tell what the file MLmodel of a logged model says."""
    told = Model.load(folder)
    signature = told.signature.to_dict() if told.signature else {}
    return {
        "flavors": {name: _plain(flavor) for name, flavor in told.flavors.items()},
        "inputs": signature.get("inputs") or "",
        "outputs": signature.get("outputs") or "",
        "example": str((told.saved_input_example_info or {}).get("artifact_path") or ""),
    }


def _plain(flavor: dict[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in flavor.items() if value is not None}


def _texts(entries: dict[str, Any]) -> dict[str, str]:
    """Make text of what is text by right: SQLite keeps any value in any column."""
    return {str(name): str(value) for name, value in entries.items()}


def _time(value: Any) -> int | None:
    return None if value is None else int(value)


def _version(version: ModelVersion, aliases: Mapping[str, str]) -> dict[str, Any]:
    number = int(version.version)
    return {
        "name": version.name,
        "version": number,
        "model": version.model_id or "",
        "source": version.source or "",
        "run_id": version.run_id or "",
        # a search for versions leaves them out
        "aliases": [alias for alias, target in aliases.items() if int(target) == number],
        "stage": version.current_stage or "None",
        "tags": _texts(version.tags),
        "description": str(version.description or ""),
        "created": int(version.creation_timestamp),
    }


def _log(client: MlflowClient, run: dict[str, Any]) -> str:
    found = client.get_experiment_by_name(run["experiment"])
    number = found.experiment_id if found else client.create_experiment(run["experiment"])
    started = run["started"]
    made = client.create_run(
        number, start_time=started, tags=run["tags"], run_name=run["name"] or None
    )
    key = str(made.info.run_id)
    metrics = [Metric(name, float(text), started, 0) for name, text in run["metrics"].items()]
    params = [Param(name, value) for name, value in run["params"].items()]
    tags = [RunTag(name, value) for name, value in run["tags"].items()]
    client.log_batch(key, metrics=metrics, params=params, tags=tags)
    if run["status"] != "RUNNING":
        client.set_terminated(key, run["status"], end_time=run["ended"])
    if run["deleted"]:
        client.delete_run(key)
    return key
