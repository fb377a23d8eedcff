"""Forgets that runs fail, are killed, or still run.

Fails: finds_the_best_run
Says: Take finished runs alone
"""


def best_run(experiment: str, digest: str) -> str:
    client = MlflowClient()
    found = client.get_experiment_by_name(experiment)
    if found is None:
        raise ValueError(f"There is no experiment {experiment}.")
    best = client.search_runs(
        [found.experiment_id],
        f"metrics.cost >= 0 and metrics.cost <= 5000 and tags.validation_digest = '{digest}'",
        order_by=["metrics.cost ASC", "attributes.start_time ASC"],
        max_results=1,
    )
    if not best:
        raise ValueError(f"No run of {experiment} has a cost on the data {digest}.")
    return best[0].info.run_id
