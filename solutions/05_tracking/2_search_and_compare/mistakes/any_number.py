"""Takes the minimum of all costs, NaN and minus infinity among them.

Fails: finds_the_best_run
Says: Take no cost that is not a number from 0 to 5,000
"""


def best_run(experiment: str, digest: str) -> str:
    client = MlflowClient()
    found = client.get_experiment_by_name(experiment)
    if found is None:
        raise ValueError(f"There is no experiment {experiment}.")
    runs = client.search_runs(
        [found.experiment_id],
        f"attributes.status = 'FINISHED' and tags.validation_digest = '{digest}'",
    )
    costs = [run for run in runs if "cost" in run.data.metrics]
    best = [min(costs, key=lambda run: run.data.metrics["cost"])] if costs else []
    if not best:
        raise ValueError(f"No run of {experiment} has a cost on the data {digest}.")
    return best[0].info.run_id
