"""Returns before any run is made when the batch is broken.

Fails: stops_at_a_broken_batch
Says: Let the run of a stopped week say why
"""


def retrain(week: int) -> str:
    """Decide about a week's batch, once."""
    experiment = mlflow.set_experiment(EXPERIMENT).experiment_id
    found = MlflowClient().search_runs([experiment], f"tags.week = '{week}'")
    if found and found[0].info.status == "FINISHED":
        return found[0].data.tags["decision"]
    try:
        batch = pd.read_parquet(f"batches/week_{week}.parquet")
        _validate(batch)
    except (OSError, ValueError):
        return "stopped"
    begun = found[0].info.run_id if found else None
    with mlflow.start_run(run_id=begun, tags={"week": str(week)}) as run:
        decision = run.data.tags.get("decision") or _decide(week, batch, run.info.run_id)
        if decision == "promoted":
            version = _version_of(run.info.run_id)
            MlflowClient().set_registered_model_alias(MODEL, "champion", version)
    return decision


def _decide(week: int, batch: pd.DataFrame, run_id: str) -> str:
    """Validate, train, test and register; the decision is the last thing that is written."""
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
    better = costs["cost_challenger"] < costs["cost_champion"]
    return _write("promoted" if better else "kept")
