"""Compares both models on all days of the batch, most of which one was trained on.

Fails: decides_each_week
Says: Compare both models on the batch's last seven days
"""

import mlflow
import pandas as pd
from desk import COLUMNS, KEY, RANGES, cost, train
from mlflow import MlflowClient

EXPERIMENT, MODEL = "retraining", "flight-desk"


def retrain(week: int) -> str:
    """Decide about a week's batch, once."""
    experiment = mlflow.set_experiment(EXPERIMENT).experiment_id
    found = MlflowClient().search_runs([experiment], f"tags.week = '{week}'")
    if found and found[0].info.status == "FINISHED":
        return found[0].data.tags["decision"]
    begun = found[0].info.run_id if found else None
    with mlflow.start_run(run_id=begun, tags={"week": str(week)}) as run:
        decision = run.data.tags.get("decision") or _decide(week, run.info.run_id)
        if decision == "promoted":
            version = _version_of(run.info.run_id)
            MlflowClient().set_registered_model_alias(MODEL, "champion", version)
    return decision


def _decide(week: int, run_id: str) -> str:
    """Validate, train, test and register; the decision is the last thing that is written."""
    try:
        batch = pd.read_parquet(f"batches/week_{week}.parquet")
        _validate(batch)
    except (OSError, ValueError) as problem:
        mlflow.set_tag("reason", f"{problem}"[:500] or "cannot be read")
        return _write("stopped")
    held_out = batch["date"] > batch["date"].max() - pd.Timedelta(days=7)
    challenger = train(batch[~held_out])
    champion = mlflow.sklearn.load_model(f"models:/{MODEL}@champion")
    costs = {
        "cost_challenger": cost(challenger, batch),
        "cost_champion": cost(champion, batch),
    }
    mlflow.log_metrics(costs)
    if _version_of(run_id) is None:
        requirements = ["scikit-learn", "pandas"]
        logged = mlflow.sklearn.log_model(challenger, name="model", pip_requirements=requirements)
        tags = {"week": str(week)}
        MlflowClient().create_model_version(MODEL, logged.model_uri, run_id, tags=tags)
    better = costs["cost_challenger"] < costs["cost_champion"]
    return _write("promoted" if better else "kept")


def _write(decision: str) -> str:
    mlflow.set_tag("decision", decision)
    return decision


def _version_of(run_id: str) -> str | None:
    found = MlflowClient().search_model_versions(f"name = '{MODEL}' and run_id = '{run_id}'")
    return found[0].version if found else None


def _validate(batch: pd.DataFrame) -> None:
    """Raise a ValueError for a batch that breaks the contract."""
    if lost := [column for column in COLUMNS if column not in batch]:
        raise ValueError(f"columns are not there: {lost}")
    if missing := [column for column in COLUMNS if batch[column].isna().any()]:
        raise ValueError(f"values are missing in {missing}")
    if batch.duplicated(KEY).any():
        raise ValueError("a flight is there twice")
    for column, (low, high) in RANGES.items():
        if not batch[column].between(low, high).all():
            raise ValueError(f"{column} is not between {low} and {high}")
