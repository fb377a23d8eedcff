"""Filters in Python what the client returns: the newest 1,000 runs.

Fails: looks_through_all_runs
Says: MLflow's client gives 1,000 at a time
"""

import math

import mlflow
import pandas as pd
from desk_model import measure
from mlflow import MlflowClient

EXPERIMENT = "flight-desk"


def search(
    training: pd.DataFrame, validation: pd.DataFrame, candidates: list[dict[str, int]]
) -> str:
    tags = {"validation_digest": mlflow.data.from_pandas(validation).digest}
    mlflow.set_experiment(EXPERIMENT)
    with mlflow.start_run() as parent:
        for settings in candidates:
            with mlflow.start_run(nested=True, tags=tags):
                mlflow.log_params(settings)
                mlflow.log_metric("cost", measure(settings, training, validation))
    return parent.info.run_id


def best_run(experiment: str, digest: str) -> str:
    client = MlflowClient()
    found = client.get_experiment_by_name(experiment)
    if found is None:
        raise ValueError(f"There is no experiment {experiment}.")
    runs = client.search_runs([found.experiment_id])
    usable = [
        run
        for run in runs
        if run.info.status == "FINISHED"
        and run.data.tags.get("validation_digest") == digest
        and 0 <= run.data.metrics.get("cost", math.nan) <= 5000
    ]
    usable.sort(key=lambda run: (run.data.metrics["cost"], run.info.start_time))
    best = usable[:1]
    if not best:
        raise ValueError(f"No run of {experiment} has a cost on the data {digest}.")
    return best[0].info.run_id


def compare(parent: str) -> pd.DataFrame:
    client = MlflowClient()
    children = client.search_runs(
        [client.get_run(parent).info.experiment_id],
        f"tags.mlflow.parentRunId = '{parent}'",
        order_by=["metrics.cost ASC", "attributes.start_time ASC"],
    )
    rows = [
        {
            "run_id": child.info.run_id,
            "status": child.info.status,
            "cost": child.data.metrics.get("cost", math.nan),
            **child.data.params,
        }
        for child in children
    ]
    return pd.DataFrame(rows)
