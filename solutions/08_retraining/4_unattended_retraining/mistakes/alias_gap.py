"""Takes the alias from the old champion, and then gives it to the new one.

Fails: survives_being_killed
Says: Move the alias `champion` in one call
"""


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
            MlflowClient().delete_registered_model_alias(MODEL, "champion")
            MlflowClient().set_registered_model_alias(MODEL, "champion", version)
    return decision
