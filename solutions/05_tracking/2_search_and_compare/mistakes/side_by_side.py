"""Makes the runs of the candidates beside the parent, not nested in it.

Fails: makes_nested_runs
Says: Nest one run for each candidate
"""


def search(
    training: pd.DataFrame, validation: pd.DataFrame, candidates: list[dict[str, int]]
) -> str:
    tags = {"validation_digest": mlflow.data.from_pandas(validation).digest}
    mlflow.set_experiment(EXPERIMENT)
    with mlflow.start_run() as parent:
        mlflow.log_param("candidates", len(candidates))
    for settings in candidates:
        with mlflow.start_run(tags=tags):
            mlflow.log_params(settings)
            mlflow.log_metric("cost", measure(settings, training, validation))
    return parent.info.run_id
