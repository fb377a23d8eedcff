"""A model is made again of what its run says, and of nothing else; then it meets the logged one."""

import ast
from typing import Any

import mlflow
import numpy as np
import pandas as pd
from desk import FEATURES, MAKERS
from mlflow.entities import Run
from sklearn.pipeline import Pipeline

SAME = 1e-9
CLASSIFIER = "classifier__"


def rebuild(run_id: str, archive: dict[str, pd.DataFrame]) -> Pipeline:
    """Train the model of a run again, from the run's record and the archive."""
    run = mlflow.get_run(run_id)
    if run.info.status != "FINISHED" or run.info.lifecycle_stage != "active":
        raise ValueError("not finished")
    make = MAKERS.get(run.data.tags.get("mlflow.source.git.commit", ""))
    if make is None:
        raise ValueError("other code")
    model = make()
    settings = [name for name in model.get_params() if name.startswith(CLASSIFIER)]
    if any(name not in run.data.params for name in settings):
        raise ValueError("incomplete")
    model.set_params(**{name: _value(run.data.params[name]) for name in settings})
    flights = _training(run, archive)
    return model.fit(flights[FEATURES], flights["late"])


def verify(run_id: str, archive: dict[str, pd.DataFrame], flights: pd.DataFrame) -> str:
    """Tell whether a run can be reproduced, or why not."""
    try:
        model = rebuild(run_id, archive)
    except ValueError as reason:
        return str(reason)
    logged = mlflow.get_run(run_id).outputs.model_outputs
    if not logged:
        return "no model"
    former = mlflow.sklearn.load_model(f"models:/{logged[0].model_id}")
    moved = np.abs(model.predict_proba(flights) - former.predict_proba(flights)).max()
    return "reproduced" if moved <= SAME else "other predictions"


def _value(text: str) -> Any:
    """Read a parameter as Python would: "1e-05", "False" and "None" are no texts, "log2" is one."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _training(run: Run, archive: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the flights that the run was trained on."""
    for entry in run.inputs.dataset_inputs:
        if any(tag.key == "mlflow.data.context" and tag.value == "training" for tag in entry.tags):
            frame = archive.get(entry.dataset.name)
            if frame is not None and _digest(frame) == entry.dataset.digest:
                return frame
    raise ValueError("other data")


def _digest(frame: pd.DataFrame) -> str:
    return str(mlflow.data.from_pandas(frame).digest)
