"""Keep the line of champions as a list in a tag of the registered model.

Everything is asked of the registered model: its aliases, and its tag `champions`, in which the last
number is the version in service.
"""

import json
import math

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

MODEL = "flight-desk"


def register(run_id: str) -> int:
    """Make the model of a run a version, and the challenger."""
    client = MlflowClient()
    finished = client.search_runs(
        [client.get_run(run_id).info.experiment_id],
        f"attributes.run_id = '{run_id}' and attributes.status = 'FINISHED'",
    )  # deleted runs are not found
    models = mlflow.search_logged_models(
        [run.info.experiment_id for run in finished] or ["0"],
        filter_string=f"source_run_id = '{run_id}'",
        output_format="list",
    )
    if not finished or not models:
        raise ValueError(f"Run {run_id} did not finish, was deleted, or has no model.")
    known = {v.run_id: v for v in client.search_model_versions(f"name = '{MODEL}'")}
    version = known.get(run_id) or mlflow.register_model(f"runs:/{run_id}/{models[0].name}", MODEL)
    client.set_registered_model_alias(MODEL, "challenger", version.version)
    return int(version.version)


def promote(version: int) -> bool:
    """Let the challenger become the champion if it costs less."""
    client = MlflowClient()
    aliases, champions = _state(client)
    if aliases.get("challenger") != version:
        raise ValueError(f"Version {version} is not the challenger.")
    limit = _cost(client, champions[-1]) if champions else math.inf
    better = _cost(client, version) < limit
    if better:
        _write(client, [*champions, version])
    else:
        client.set_model_version_tag(MODEL, str(version), "refused", f"not below {limit}")
    client.delete_registered_model_alias(MODEL, "challenger")
    return better


def roll_back() -> int:
    """Put the former champion into service again."""
    client = MlflowClient()
    _, champions = _state(client)
    if len(champions) < 2:
        raise ValueError("There was no champion before.")
    _write(client, champions[:-1])
    return champions[-2]


def _state(client: MlflowClient) -> tuple[dict[str, int], list[int]]:
    """Read aliases and the line of champions."""
    try:
        model = client.get_registered_model(MODEL)
    except MlflowException:  # nothing was registered yet
        return {}, []
    aliases = {alias: int(version) for alias, version in model.aliases.items()}
    return aliases, json.loads(model.tags.get("champions", "[]"))


def _write(client: MlflowClient, champions: list[int]) -> None:
    client.set_registered_model_tag(MODEL, "champions", json.dumps(champions))
    client.set_registered_model_alias(MODEL, "champion", str(champions[-1]))


def _cost(client: MlflowClient, version: int) -> float:
    """Read the cost of a version; one that is missing, or NaN, is infinite."""
    run = client.get_run(client.get_model_version(MODEL, str(version)).run_id)
    cost = run.data.metrics.get("cost", math.inf)
    return cost if math.isfinite(cost) else math.inf
