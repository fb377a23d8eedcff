"""Says who is challenger and champion in tags, which no address such as @champion resolves.

Fails: registers_the_model_of_a_run
Says: Move the aliases of the registered model
"""


def register(run_id: str) -> int:
    client = MlflowClient()
    run = client.get_run(run_id)
    if run.info.status != "FINISHED" or run.info.lifecycle_stage != "active":
        raise ValueError(f"Run {run_id} is {run.info.status}, {run.info.lifecycle_stage}.")
    if not run.outputs.model_outputs:
        raise ValueError(f"Run {run_id} has no logged model.")
    source = f"models:/{run.outputs.model_outputs[0].model_id}"
    version = _version_of(client, run_id) or _new_version(client, run_id, source)
    client.set_registered_model_tag(MODEL, "challenger", str(version))
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
        client.set_registered_model_tag(MODEL, "champion", str(version))
    client.delete_registered_model_tag(MODEL, "challenger")
    return not reason


def roll_back() -> int:
    client = MlflowClient()
    champion = _at(client, "champion")
    former = champion.tags["replaced"] if champion else ""
    if not former:
        raise ValueError("No version was the champion before.")
    client.set_registered_model_tag(MODEL, "champion", former)
    return int(former)


def _at(client: MlflowClient, alias: str) -> ModelVersion | None:
    try:
        return client.get_model_version(MODEL, client.get_registered_model(MODEL).tags[alias])
    except (KeyError, MlflowException):
        return None
