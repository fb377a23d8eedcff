"""Measures each candidate on the flights that it was trained on.

Fails: measures_each_candidate
Says: training and validation flights
"""


def search(
    training: pd.DataFrame, validation: pd.DataFrame, candidates: list[dict[str, int]]
) -> str:
    tags = {"validation_digest": mlflow.data.from_pandas(validation).digest}
    mlflow.set_experiment(EXPERIMENT)
    with mlflow.start_run() as parent:
        for settings in candidates:
            with mlflow.start_run(nested=True, tags=tags):
                mlflow.log_params(settings)
                mlflow.log_metric("cost", measure(settings, training, training))
    return parent.info.run_id
