"""Refuses what costs as much or more, so that a cost that is not a number is promoted.

Fails: promotes_only_what_costs_less
Says: Refuse a run without the metric
"""

import math

from mlflow import MlflowClient
from mlflow.entities.model_registry import ModelVersion
from mlflow.exceptions import MlflowException

MODEL = "flight-desk"  # the registered model


def register(run_id: str) -> int:
    client = MlflowClient()
    run = client.get_run(run_id)
    if run.info.status != "FINISHED" or run.info.lifecycle_stage != "active":
        raise ValueError(f"Run {run_id} is {run.info.status}, {run.info.lifecycle_stage}.")
    if not run.outputs.model_outputs:
        raise ValueError(f"Run {run_id} has no logged model.")
    source = f"models:/{run.outputs.model_outputs[0].model_id}"
    version = _version_of(client, run_id) or _new_version(client, run_id, source)
    client.set_registered_model_alias(MODEL, "challenger", str(version))
    return version


def promote(version: int) -> bool:
    client = MlflowClient()
    challenger, champion = _at(client, "challenger"), _at(client, "champion")
    if challenger is None or int(challenger.version) != version:
        raise ValueError(f"Version {version} is not the challenger.")
    reason = _objection(client, challenger, champion)
    if reason:
        client.set_model_version_tag(MODEL, str(version), "refused", reason)
    else:
        replaced = champion.version if champion else ""
        client.set_model_version_tag(MODEL, str(version), "replaced", replaced)
        client.set_registered_model_alias(MODEL, "champion", str(version))
    client.delete_registered_model_alias(MODEL, "challenger")
    return not reason


def roll_back() -> int:
    client = MlflowClient()
    champion = _at(client, "champion")
    former = champion.tags["replaced"] if champion else ""
    if not former:
        raise ValueError("No version was the champion before.")
    client.set_registered_model_alias(MODEL, "champion", former)
    return int(former)


def _objection(
    client: MlflowClient, challenger: ModelVersion, champion: ModelVersion | None
) -> str:
    """Say why the challenger cannot become the champion; nothing if it can."""
    cost = _cost(client, challenger)
    if champion and cost >= (best := _cost(client, champion)):
        return f"it costs {cost}, the champion {best}"
    return ""


def _cost(client: MlflowClient, version: ModelVersion) -> float:
    return client.get_run(version.run_id).data.metrics.get("cost", math.nan)


def _at(client: MlflowClient, alias: str) -> ModelVersion | None:
    try:
        return client.get_model_version_by_alias(MODEL, alias)
    except MlflowException:  # nobody has this alias yet
        return None


def _version_of(client: MlflowClient, run_id: str) -> int | None:
    found = client.search_model_versions(f"name = '{MODEL}' and run_id = '{run_id}'")
    return int(found[0].version) if found else None


def _new_version(client: MlflowClient, run_id: str, source: str) -> int:
    if not client.search_registered_models(f"name = '{MODEL}'"):
        client.create_registered_model(MODEL)
    return int(client.create_model_version(MODEL, source, run_id).version)
