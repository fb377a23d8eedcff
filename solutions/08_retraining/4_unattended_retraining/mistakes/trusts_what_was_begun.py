"""Takes a run that was begun for one whose model is registered already.

Fails: survives_being_killed
Says: Write what a restarted job has to know
"""


def retrain(week: int) -> str:
    experiment = mlflow.set_experiment(EXPERIMENT).experiment_id
    found = MlflowClient().search_runs([experiment], f"tags.week = '{week}'")
    if found and found[0].info.status == "FINISHED":
        return found[0].data.tags["decision"]
    begun = found[0].info.run_id if found else None
    with mlflow.start_run(run_id=begun, tags={"week": str(week)}) as run:
        metrics = run.data.metrics
        if begun and run.data.tags.get("decision") != "stopped":
            better = metrics.get("cost_challenger", 0) < metrics.get("cost_champion", 0)
            decision = _write("promoted" if better else "kept")
        else:
            decision = _decide(week, run.info.run_id)
        if decision == "promoted":
            version = _version_of(run.info.run_id)
            MlflowClient().set_registered_model_alias(MODEL, "champion", version)
    return decision
