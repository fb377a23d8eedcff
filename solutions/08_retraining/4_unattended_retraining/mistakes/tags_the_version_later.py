"""Makes the version, tags it by a second call, and finds it again by that tag.

Fails: survives_being_killed
Says: after "commit registered_models, model_versions"
"""


def _decide(week: int, run_id: str) -> str:
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
        made = MlflowClient().create_model_version(MODEL, logged.model_uri, run_id)
        MlflowClient().set_model_version_tag(MODEL, made.version, "week", str(week))
    better = costs["cost_challenger"] < costs["cost_champion"]
    return _write("promoted" if better else "kept")


def _version_of(run_id: str) -> str | None:
    week = MlflowClient().get_run(run_id).data.tags["week"]
    found = MlflowClient().search_model_versions(f"name = '{MODEL}' and tags.week = '{week}'")
    return found[0].version if found else None
