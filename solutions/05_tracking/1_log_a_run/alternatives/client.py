"""The client speaks of a run by its id; it becomes active for the datasets and the model alone."""

import mlflow
import pandas as pd
from desk_model import FEATURES, make_model
from mlflow.entities import Metric, Param, RunTag
from mlflow.tracking import MlflowClient
from sklearn.metrics import confusion_matrix, roc_auc_score
from sklearn.pipeline import Pipeline


def train_and_log(
    training: pd.DataFrame, validation: pd.DataFrame, settings: dict[str, float], purpose: str
) -> str:
    client = MlflowClient()
    found = client.get_experiment_by_name("flight-desk")
    experiment = found.experiment_id if found else client.create_experiment("flight-desk")
    tags = {"purpose": purpose, "last_week": str(training["week"].max())}
    run_id = client.create_run(experiment, tags=tags).info.run_id
    try:
        model = make_model(**settings).fit(training[FEATURES], training["late"])
        _describe(client, run_id, model, validation)
    except Exception:
        client.set_terminated(run_id, "FAILED")
        raise
    with mlflow.start_run(run_id):
        mlflow.log_input(mlflow.data.from_pandas(training), context="training")
        mlflow.log_input(mlflow.data.from_pandas(validation), context="validation")
        mlflow.sklearn.log_model(
            model,
            name="late",
            input_example=validation[FEATURES].sample(3, random_state=0),
            serialization_format="cloudpickle",
            pip_requirements=["scikit-learn"],
        )
    return run_id


def _describe(client: MlflowClient, run_id: str, model: Pipeline, validation: pd.DataFrame) -> None:
    chance = model.predict_proba(validation[FEATURES])[:, 1]
    counts = confusion_matrix(validation["late"], chance >= 1 / 6)
    numbers = {
        "cost": 1000 * (5 * counts[1, 0] + counts[0, 1]) / len(validation),
        "auc": roc_auc_score(validation["late"], chance),
    }
    client.log_batch(
        run_id,
        metrics=[Metric(name, value, 0, 0) for name, value in numbers.items()],
        params=[Param(name, str(value)) for name, value in model.get_params().items()],
        tags=[RunTag("made_by", "client")],
    )
