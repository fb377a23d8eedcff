"""Takes a decision that is written for a run that has ended, where the batch is broken.

Fails: survives_being_killed
Says: Let the restarted job do all that the killed one did not
"""


def retrain(week: int) -> str:
    """Decide about a week's batch, once."""
    experiment = mlflow.set_experiment(EXPERIMENT).experiment_id
    found = MlflowClient().search_runs([experiment], f"tags.week = '{week}'")
    if found and found[0].info.status == "FINISHED":
        return found[0].data.tags["decision"]
    if found and found[0].data.tags.get("decision") == "stopped":
        return "stopped"
    begun = found[0].info.run_id if found else None
    with mlflow.start_run(run_id=begun, tags={"week": str(week)}) as run:
        decision = run.data.tags.get("decision") or _decide(week, run.info.run_id)
        if decision == "promoted":
            version = _version_of(run.info.run_id)
            MlflowClient().set_registered_model_alias(MODEL, "champion", version)
    return decision
