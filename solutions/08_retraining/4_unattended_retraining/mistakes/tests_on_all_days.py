"""Compares both models on all days of the batch, most of which one was trained on.

Fails: decides_each_week
Says: Compare both models on the batch's last seven days
"""


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
