"""Makes a run with nothing but two typed-in numbers in it."""

import mlflow
import pandas as pd


def train_and_log(
    training: pd.DataFrame, validation: pd.DataFrame, settings: dict[str, float], purpose: str
) -> str:
    mlflow.set_experiment("flight-desk")
    with mlflow.start_run(tags={"purpose": purpose}) as run:
        mlflow.log_metrics({"cost": 480.0, "auc": 0.79})
    return run.info.run_id
