"""Promotes whatever is better than chance; the champion's cost is told, and not asked.

Fails: decides_each_week
Says: Compare both models on the batch's last seven days
"""

from sklearn.metrics import roc_auc_score


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
        "cost_challenger": cost(challenger, batch[held_out]),
        "cost_champion": cost(champion, batch[held_out]),
    }
    mlflow.log_metrics(costs)
    if _version_of(run_id) is None:
        requirements = ["scikit-learn", "pandas"]
        logged = mlflow.sklearn.log_model(challenger, name="model", pip_requirements=requirements)
        tags = {"week": str(week)}
        MlflowClient().create_model_version(MODEL, logged.model_uri, run_id, tags=tags)
    test = batch[held_out]
    chances = challenger.predict_proba(test[list(RANGES)].astype(float))[:, 1]
    better = roc_auc_score(test["late"], chances) > 0.5
    return _write("promoted" if better else "kept")
