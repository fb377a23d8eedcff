"""Filters in Python what the client returns: the newest 1,000 runs.

Fails: looks_through_all_runs
Says: MLflow's client gives 1,000 at a time
"""


def best_run(experiment: str, digest: str) -> str:
    client = MlflowClient()
    found = client.get_experiment_by_name(experiment)
    if found is None:
        raise ValueError(f"There is no experiment {experiment}.")
    runs = client.search_runs([found.experiment_id])
    usable = [
        run
        for run in runs
        if run.info.status == "FINISHED"
        and run.data.tags.get("validation_digest") == digest
        and 0 <= run.data.metrics.get("cost", math.nan) <= 5000
    ]
    usable.sort(key=lambda run: (run.data.metrics["cost"], run.info.start_time))
    best = usable[:1]
    if not best:
        raise ValueError(f"No run of {experiment} has a cost on the data {digest}.")
    return best[0].info.run_id
