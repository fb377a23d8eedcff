"""Fill a store as the jobs of the flight desk do, in a moment: to try `release.py` on.

Nothing here is to be changed. The judge fills its stores with the same functions.
"""

import tempfile

import mlflow
from mlflow import MlflowClient
from mlflow.entities import LoggedModelOutput, LoggedModelStatus
from mlflow.models import Model

EXPERIMENT = "flight-desk"


def log_run(
    cost: float | str | None, status: str = "FINISHED", model: bool = True, deleted: bool = False
) -> str:
    """Log a run with an empty model and its cost, as a training job would.

    Parameters
    ----------
    cost : float, str or None
        The metric ``cost``, per 1,000 flights; "nan" is no number, and None leaves it out.
    status : str
        How the run ended: FINISHED, FAILED or KILLED; RUNNING if it has not.
    model : bool
        Whether a model was logged before it ended.
    deleted : bool
        Whether the run was deleted afterwards.

    Returns
    -------
    str
        The id of the run.
    """
    client = MlflowClient()
    experiment = mlflow.set_experiment(EXPERIMENT).experiment_id
    run_id = client.create_run(experiment).info.run_id
    if cost is not None:
        client.log_metric(run_id, "cost", float(cost))
    if model:
        _log_model(client, experiment, run_id)
    client.set_terminated(run_id, status)
    if deleted:
        client.delete_run(run_id)
    return run_id


def register_elsewhere(run_id: str, name: str, aliases: list[str]) -> None:
    """Register the model of a run under another name, as another team would."""
    client = MlflowClient()
    model_id = client.get_run(run_id).outputs.model_outputs[0].model_id
    if not client.search_registered_models(f"name = '{name}'"):
        client.create_registered_model(name)
    version = client.create_model_version(name, f"models:/{model_id}", run_id)
    for alias in aliases:
        client.set_registered_model_alias(name, alias, version.version)


def _log_model(client: MlflowClient, experiment: str, run_id: str) -> None:
    """Log a model that is empty: a registry looks at no weights."""
    logged = client.create_logged_model(experiment, name="model", source_run_id=run_id)
    with tempfile.TemporaryDirectory() as folder:
        Model(run_id=run_id).save(f"{folder}/MLmodel")
        client.log_model_artifacts(logged.model_id, folder)
    client.finalize_logged_model(logged.model_id, LoggedModelStatus.READY)
    client.log_outputs(run_id, [LoggedModelOutput(logged.model_id, step=0)])
