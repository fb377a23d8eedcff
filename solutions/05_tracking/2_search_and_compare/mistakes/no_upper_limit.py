"""Takes any cost from 0 on, also one that no model can have.

Fails: finds_the_best_run
Says: Take no cost that is not a number from 0 to 5,000
"""


def best_run(experiment: str, digest: str) -> str:
    client = MlflowClient()
    found = client.get_experiment_by_name(experiment)
    if found is None:
        raise ValueError(f"There is no experiment {experiment}.")
    best = client.search_runs(
        [found.experiment_id],
        "attributes.status = 'FINISHED' and metrics.cost >= 0 "
        f"and tags.validation_digest = '{digest}'",
        order_by=["metrics.cost ASC", "attributes.start_time ASC"],
        max_results=1,
    )
    if not best:
        raise ValueError(f"No run of {experiment} has a cost on the data {digest}.")
    return best[0].info.run_id
