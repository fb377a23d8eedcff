"""How the desk trains a model and records its run. The judge uses a copy of its own.

Nothing here is to be changed; make runs with it to try `reproduce.py` on.
"""

import tempfile
from collections.abc import Callable, Collection, Mapping
from typing import Any

import mlflow.sklearn
import pandas as pd
from mlflow import MlflowClient
from mlflow.entities import (
    Dataset,
    DatasetInput,
    InputTag,
    LoggedModelOutput,
    LoggedModelStatus,
    Param,
    RunTag,
)
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NAMES = ["carrier", "origin"]
NUMBERS = [
    "distance",
    "hour",
    "precip_3h",
    "visib",
    "delay_origin_3h",
    "delay_city_3h",
    "delay_carrier_6h",
    "delay_dest_6h",
]
FEATURES = NAMES + NUMBERS


def make_linear(**settings: Any) -> Pipeline:
    """Make a linear model that is not trained; `settings` go to scikit-learn's SGDClassifier."""
    return _pipeline(StandardScaler(), SGDClassifier(**{"loss": "log_loss", **settings}))


def make_forest(**settings: Any) -> Pipeline:
    """Make a forest that is not trained; `settings` go to scikit-learn's RandomForestClassifier."""
    return _pipeline("passthrough", RandomForestClassifier(**settings))


# Which function made a model, by the git commit that the code was at.
MAKERS: Mapping[str, Callable[..., Pipeline]] = {"4f1c09a": make_linear, "b82e6d3": make_forest}


def train(flights: pd.DataFrame, commit: str, settings: Mapping[str, Any]) -> Pipeline:
    """Train a model on flights, rows in their order, with the code of a commit."""
    return MAKERS[commit](**settings).fit(flights[FEATURES], flights["late"])


def log_run(
    model: Pipeline,
    commit: str,
    archive: Mapping[str, pd.DataFrame],
    training: str,
    status: str = "FINISHED",
    leave_out: Collection[str] = (),
) -> str:
    """Record a run in the experiment "flight-desk", as a training job does.

    Parameters
    ----------
    model : Pipeline
        A trained model; its own settings are recorded as parameters.
    commit : str
        The commit to be recorded.
    archive : dict of DataFrame
        Frames of flights by name.
    training : str
        Name of the frame that the model was trained on.
    status : str
        How the run ended: FINISHED, FAILED or KILLED.
    leave_out : collection of str
        Names of parameters that the record lacks; "model" for the model itself.

    Returns
    -------
    str
        The id of the run.
    """
    client = MlflowClient()
    experiment = mlflow.set_experiment("flight-desk").experiment_id
    run_id = str(client.create_run(experiment).info.run_id)
    named = {
        name: str(value)
        for name, value in model.get_params().items()
        if name.startswith("classifier__") and name not in leave_out
    }
    params = [Param(name, value) for name, value in named.items()]
    client.log_batch(run_id, params=params, tags=[RunTag("mlflow.source.git.commit", commit)])
    client.log_inputs(run_id, datasets=[_dataset(training, archive[training])])
    if "model" not in leave_out:
        _log_model(client, experiment, run_id, model)
    client.set_terminated(run_id, status)
    return run_id


def _pipeline(scaler: StandardScaler | str, classifier: Any) -> Pipeline:
    numbers = make_pipeline(SimpleImputer(strategy="median"), scaler)
    names = OneHotEncoder(handle_unknown="ignore")
    prepare = ColumnTransformer([("names", names, NAMES), ("numbers", numbers, NUMBERS)])
    return Pipeline([("prepare", prepare), ("classifier", classifier)])


def _dataset(name: str, frame: pd.DataFrame) -> DatasetInput:
    """Name the training data, and tell by a digest what they were."""
    digest = mlflow.data.from_pandas(frame, name=name).digest
    dataset = Dataset(name, digest, source_type="local", source="archive")
    return DatasetInput(dataset, [InputTag("mlflow.data.context", "training")])


def _log_model(client: MlflowClient, experiment: str, run_id: str, model: Pipeline) -> None:
    """Do what mlflow.sklearn.log_model does, in less time."""
    logged = client.create_logged_model(experiment, name="model", source_run_id=run_id)
    with tempfile.TemporaryDirectory() as folder:
        mlflow.sklearn.save_model(
            model,
            f"{folder}/model",
            skops_trusted_types=["numpy.dtype", "sklearn.tree._tree.Tree"],
            pip_requirements=["scikit-learn", "pandas"],
        )
        client.log_model_artifacts(logged.model_id, f"{folder}/model")
    client.finalize_logged_model(logged.model_id, LoggedModelStatus.READY)
    client.log_outputs(run_id, [LoggedModelOutput(logged.model_id, step=0)])
