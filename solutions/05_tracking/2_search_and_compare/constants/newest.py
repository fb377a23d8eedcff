"""Takes the newest run for the best one, and all runs for children."""

import mlflow
import pandas as pd


def search(
    training: pd.DataFrame, validation: pd.DataFrame, candidates: list[dict[str, int]]
) -> str:
    return mlflow.search_runs(experiment_names=["flight-desk"])["run_id"].iloc[0]


def best_run(experiment: str, digest: str) -> str:
    return mlflow.search_runs(experiment_names=[experiment])["run_id"].iloc[0]


def compare(parent: str) -> pd.DataFrame:
    runs = mlflow.search_runs([mlflow.get_run(parent).info.experiment_id])
    runs = runs[runs["tags.mlflow.parentRunId"] == parent].dropna(axis="columns", how="all")
    named = {name: name.partition(".")[2] for name in runs if name.startswith("params.")}
    return runs.rename(columns={"metrics.cost": "cost", **named})[
        ["run_id", "status", "cost", *named.values()]
    ]
