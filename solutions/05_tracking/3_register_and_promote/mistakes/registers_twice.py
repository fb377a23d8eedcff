"""Makes a new version each time that a run is registered.

Fails: registers_the_model_of_a_run
Says: Give a run the version that it has
"""


def register(run_id: str) -> int:
    client = MlflowClient()
    run = client.get_run(run_id)
    if run.info.status != "FINISHED" or run.info.lifecycle_stage != "active":
        raise ValueError(f"Run {run_id} is {run.info.status}, {run.info.lifecycle_stage}.")
    if not run.outputs.model_outputs:
        raise ValueError(f"Run {run_id} has no logged model.")
    source = f"models:/{run.outputs.model_outputs[0].model_id}"
    version = _new_version(client, run_id, source)
    client.set_registered_model_alias(MODEL, "challenger", str(version))
    return version
