"""Makes the runs of the candidates beside the parent, not nested in it.

Fails: makes_nested_runs
Says: Nest one run for each candidate
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
        mlflow.log_param("candidates", len(candidates))
    for settings in candidates:
        with mlflow.start_run(tags=tags):
            mlflow.log_params(settings)
            mlflow.log_metric("cost", measure(settings, training, validation))
    return parent.info.run_id


def best_run(experiment: str, digest: str) -> str:
    client = MlflowClient()
    found = client.get_experiment_by_name(experiment)
    if found is None:
        raise ValueError(f"There is no experiment {experiment}.")
    best = client.search_runs(
        [found.experiment_id],
        "attributes.status = 'FINISHED' and metrics.cost >= 0 and metrics.cost <= 5000 "
        f"and tags.validation_digest = '{digest}'",
        order_by=["metrics.cost ASC", "attributes.start_time ASC"],
        max_results=1,
    )
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
