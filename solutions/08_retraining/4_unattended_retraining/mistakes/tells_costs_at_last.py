"""Notes the costs as tags, and logs them as metrics when the run has ended.

Fails: survives_being_killed
Says: Let the restarted job do all that the killed one did not
"""

COSTS = "cost_challenger", "cost_champion"


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
    tags = MlflowClient().get_run(run.info.run_id).data.tags
    for name in COSTS:
        if name in tags:
            MlflowClient().log_metric(run.info.run_id, name, float(tags[name]))
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
        "cost_challenger": cost(challenger, batch[held_out]),
        "cost_champion": cost(champion, batch[held_out]),
    }
    mlflow.set_tags(costs)
    if _version_of(run_id) is None:
        requirements = ["scikit-learn", "pandas"]
        logged = mlflow.sklearn.log_model(challenger, name="model", pip_requirements=requirements)
        tags = {"week": str(week)}
        MlflowClient().create_model_version(MODEL, logged.model_uri, run_id, tags=tags)
    better = costs["cost_challenger"] < costs["cost_champion"]
    return _write("promoted" if better else "kept")
