"""Refuses runs that failed; those that were killed or still run are taken.

Fails: refuses_what_cannot_be_released
Says: Raise a ValueError for a run that
"""


def register(run_id: str) -> int:
    client = MlflowClient()
    run = client.get_run(run_id)
    if run.info.status == "FAILED" or run.info.lifecycle_stage != "active":
        raise ValueError(f"Run {run_id} is {run.info.status}, {run.info.lifecycle_stage}.")
    if not run.outputs.model_outputs:
        raise ValueError(f"Run {run_id} has no logged model.")
    source = f"models:/{run.outputs.model_outputs[0].model_id}"
    version = _version_of(client, run_id) or _new_version(client, run_id, source)
    client.set_registered_model_alias(MODEL, "challenger", str(version))
    return version
