"""All runs come as one table; pandas filters and sorts it."""

import mlflow
import pandas as pd
from desk_model import measure


def search(
    training: pd.DataFrame, validation: pd.DataFrame, candidates: list[dict[str, int]]
) -> str:
    mlflow.set_experiment("flight-desk")
    with mlflow.start_run(run_name="search"):
        for number, settings in enumerate(candidates):
            with mlflow.start_run(run_name=f"candidate {number}", nested=True):
                mlflow.log_input(mlflow.data.from_pandas(validation), context="validation")
                mlflow.set_tag("validation_digest", mlflow.data.from_pandas(validation).digest)
                mlflow.log_params({name: str(value) for name, value in settings.items()})
                mlflow.log_metrics({"cost": measure(settings, training, validation)})
        return mlflow.active_run().info.run_id


def best_run(experiment: str, digest: str) -> str:
    runs = mlflow.search_runs(experiment_names=[experiment])
    wanted = ["status", "tags.validation_digest", "metrics.cost", "start_time"]
    runs = runs.reindex(columns=["run_id", *wanted])
    usable = (runs["status"] == "FINISHED") & (runs["tags.validation_digest"] == digest)
    runs = runs[usable & runs["metrics.cost"].between(0, 5000)]
    if runs.empty:
        raise ValueError("no usable run")
    return runs.sort_values(["metrics.cost", "start_time"])["run_id"].iloc[0]


def compare(parent: str) -> pd.DataFrame:
    runs = mlflow.search_runs([mlflow.get_run(parent).info.experiment_id])
    children = runs[runs["tags.mlflow.parentRunId"] == parent]
    children = children.sort_values(["metrics.cost", "start_time"])
    params = [c for c in children if c.startswith("params.") and children[c].notna().any()]
    names = {name: name.partition(".")[2] for name in ["metrics.cost", *params]}
    return children[["run_id", "status", *names]].rename(columns=names).reset_index(drop=True)
