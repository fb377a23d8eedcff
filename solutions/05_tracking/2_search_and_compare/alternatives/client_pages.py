"""The client speaks of runs by their ids, reads page after page, and Python does the rest."""

import math
from collections.abc import Iterator

import mlflow
import pandas as pd
from desk_model import measure
from mlflow import MlflowClient
from mlflow.entities import Run


def search(
    training: pd.DataFrame, validation: pd.DataFrame, candidates: list[dict[str, int]]
) -> str:
    client = MlflowClient()
    found = client.get_experiment_by_name("flight-desk")
    experiment = found.experiment_id if found else client.create_experiment("flight-desk")
    parent = client.create_run(experiment).info.run_id
    digest = mlflow.data.from_pandas(validation).digest
    for settings in candidates:
        tags = {"mlflow.parentRunId": parent, "validation_digest": digest}
        child = client.create_run(experiment, tags=tags).info.run_id
        for name, value in settings.items():
            client.log_param(child, name, value)
        client.log_metric(child, "cost", measure(settings, training, validation))
        client.set_terminated(child)
    client.set_terminated(parent)
    return parent


def _runs(experiment: str) -> Iterator[Run]:
    token = None
    while True:
        page = MlflowClient().search_runs([experiment], page_token=token)
        yield from page
        token = page.token
        if not token:
            return


def best_run(experiment: str, digest: str) -> str:
    found = MlflowClient().get_experiment_by_name(experiment)
    usable = [
        run
        for run in (_runs(found.experiment_id) if found else ())
        if run.info.status == "FINISHED"
        and run.data.tags.get("validation_digest") == digest
        and 0 <= run.data.metrics.get("cost", math.nan) <= 5000
    ]
    if not usable:
        raise ValueError(experiment)
    return min(usable, key=lambda run: (run.data.metrics["cost"], run.info.start_time)).info.run_id


def compare(parent: str) -> pd.DataFrame:
    runs = reversed(list(_runs(MlflowClient().get_run(parent).info.experiment_id)))
    children = {
        run.info.run_id: {
            "status": run.info.status,
            "cost": run.data.metrics.get("cost"),
            **run.data.params,
        }
        for run in runs
        if run.data.tags.get("mlflow.parentRunId") == parent
    }
    frame = pd.DataFrame.from_dict(children, orient="index").rename_axis("run_id")
    return frame.sort_values("cost", kind="stable").reset_index()
