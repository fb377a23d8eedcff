"""Registers the newest model of the experiment, whatever run is asked for.

Fails: registers_the_model_of_a_run
Says: be the logged model of the run that was asked for
"""


def register(run_id: str) -> int:
    client = MlflowClient()
    run = client.get_run(run_id)
    if run.info.status != "FINISHED" or run.info.lifecycle_stage != "active":
        raise ValueError(f"Run {run_id} is {run.info.status}, {run.info.lifecycle_stage}.")
    if not run.outputs.model_outputs:
        raise ValueError(f"Run {run_id} has no logged model.")
    newest = {"field_name": "creation_timestamp", "ascending": False}
    models = client.search_logged_models([run.info.experiment_id], order_by=[newest])
    source = f"models:/{models[0].model_id}"
    version = _version_of(client, run_id) or _new_version(client, run_id, source)
    client.set_registered_model_alias(MODEL, "challenger", str(version))
    return version
