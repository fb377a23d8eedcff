"""Does everything again each time, as if no job had been there before.

Fails: does_nothing_twice
Says: Look first whether the week is decided
"""


def retrain(week: int) -> str:
    """Decide about a week's batch, once."""
    experiment = mlflow.set_experiment(EXPERIMENT).experiment_id
    with mlflow.start_run(experiment_id=experiment, tags={"week": str(week)}) as run:
        decision = run.data.tags.get("decision") or _decide(week, run.info.run_id)
        if decision == "promoted":
            version = _version_of(run.info.run_id)
            MlflowClient().set_registered_model_alias(MODEL, "champion", version)
    return decision
