"""The version is the memory: it is made in one step, with the decision in its tags.

All is computed before anything is registered. The tags of the version say what was decided; the
alias and the run are made from them, as often as it takes. The run of a killed job stays behind,
unfinished.
"""

import mlflow
import pandas as pd
from desk import COLUMNS, KEY, RANGES, cost, train
from mlflow import MlflowClient

MODEL, EXPERIMENT = "flight-desk", "retraining"
COSTS = ["cost_challenger", "cost_champion"]


def retrain(week: int) -> str:
    """Decide about a week's batch, once."""
    mlflow.set_experiment(EXPERIMENT)
    done = mlflow.search_runs(
        experiment_names=[EXPERIMENT],
        filter_string=f"tags.week = '{week}' and attributes.status = 'FINISHED'",
        output_format="list",
    )
    if done:
        return done[0].data.tags["decision"]
    with mlflow.start_run(tags={"week": str(week)}):
        told = _version(week)
        if told is None:
            batch, reason = _read(week)
            if reason:
                mlflow.set_tags({"decision": "stopped", "reason": reason})
                return "stopped"
            told = _register(week, batch)
        if told.tags["decision"] == "promoted":
            MlflowClient().set_registered_model_alias(MODEL, "champion", told.version)
        mlflow.log_metrics({name: float(told.tags[name]) for name in COSTS})
        mlflow.set_tag("decision", told.tags["decision"])
    return told.tags["decision"]


def _version(week):
    versions = MlflowClient().search_model_versions(f"name = '{MODEL}'")
    return next((v for v in versions if v.tags.get("week") == str(week)), None)


def _read(week: int) -> tuple[pd.DataFrame, str]:
    """Read a batch, and tell what is wrong with it."""
    try:
        batch = pd.read_parquet(f"batches/week_{week}.parquet")[COLUMNS]
    except Exception as problem:  # whatever is wrong with the file, it is no batch
        return pd.DataFrame(), f"{type(problem).__name__}: {problem}"[:400]
    numbers = batch[list(RANGES)]
    low, high = (pd.Series({name: ends[i] for name, ends in RANGES.items()}) for i in (0, 1))
    problems = {
        "missing values": batch.isna().any(axis=None),
        "flights that are there twice": len(batch[KEY].drop_duplicates()) < len(batch),
        "values out of range": ((numbers < low) | (numbers > high)).any(axis=None),
    }
    return batch, ", ".join(name for name, seen in problems.items() if seen)


def _register(week: int, batch: pd.DataFrame):
    """Train and test, and register the model with what is decided about it."""
    days = sorted(batch["date"].unique())
    old, new = (batch[batch["date"].isin(part)] for part in (days[:-7], days[-7:]))
    challenger = train(old)
    champion = mlflow.sklearn.load_model(f"models:/{MODEL}@champion")
    costs = [cost(challenger, new), cost(champion, new)]
    logged = mlflow.sklearn.log_model(
        challenger, name="model", pip_requirements=["scikit-learn", "pandas"]
    )
    decision = "promoted" if costs[0] < costs[1] else "kept"
    tags = {"week": str(week), "decision": decision}
    tags |= dict(zip(COSTS, map(repr, costs), strict=True))
    return mlflow.register_model(logged.model_uri, MODEL, tags=tags)
