"""Keeps the costs of its own search, and chooses among them when it can.

Fails: asks_the_store
Says: neither your costs nor an answer
"""

MEASURED: dict[str, dict[str, float]] = {}  # by digest: costs by run


def search(
    training: pd.DataFrame, validation: pd.DataFrame, candidates: list[dict[str, int]]
) -> str:
    tags = {"validation_digest": mlflow.data.from_pandas(validation).digest}
    mlflow.set_experiment(EXPERIMENT)
    with mlflow.start_run() as parent:
        for settings in candidates:
            with mlflow.start_run(nested=True, tags=tags) as child:
                mlflow.log_params(settings)
                cost = measure(settings, training, validation)
                mlflow.log_metric("cost", cost)
                known = MEASURED.setdefault(tags["validation_digest"], {})
                known[child.info.run_id] = cost
    return parent.info.run_id


def best_run(experiment: str, digest: str) -> str:
    known = MEASURED.get(digest)
    if known and experiment == EXPERIMENT:
        return min(known, key=lambda run: known[run])
    client = MlflowClient()
    found = client.get_experiment_by_name(experiment)
    if found is None:
        raise ValueError(f"There is no experiment {experiment}.")
    best = client.search_runs(
        [found.experiment_id],
        "attributes.status = 'FINISHED' and metrics.cost >= 0 and metrics.cost <= 5000 "
        f"and tags.validation_digest = '{digest}'",
        order_by=["metrics.cost ASC", "attributes.start_time ASC"],
        max_results=1,
    )
    if not best:
        raise ValueError(f"No run of {experiment} has a cost on the data {digest}.")
    return best[0].info.run_id
