"""MLflow's autologging records parameters, signature, example and model; the rest is added."""

import mlflow
import pandas as pd
from desk_model import FEATURES, make_model
from sklearn.metrics import confusion_matrix, roc_auc_score


def train_and_log(
    training: pd.DataFrame, validation: pd.DataFrame, settings: dict[str, float], purpose: str
) -> str:
    mlflow.set_experiment("flight-desk")
    mlflow.sklearn.autolog(log_input_examples=True, log_datasets=False, silent=True)
    with mlflow.start_run() as run:
        mlflow.set_tags({"purpose": purpose, "last_week": training["week"].max()})
        mlflow.log_input(mlflow.data.from_pandas(training), context="training")
        mlflow.log_input(mlflow.data.from_pandas(validation), context="validation")
        model = make_model(**settings).fit(training[FEATURES], training["late"])
        chance = model.predict_proba(validation[FEATURES])[:, 1]
        counts = confusion_matrix(validation["late"], chance >= 1 / 6)
        mlflow.log_metric("cost", 1000 * (5 * counts[1, 0] + counts[0, 1]) / len(validation))
        mlflow.log_metric("auc", roc_auc_score(validation["late"], chance))
    return run.info.run_id
