"""Runs are read as a table, parameters by the types of an untrained model, data by digest."""

import json
import math
from collections.abc import Iterator
from typing import Any

import mlflow
import numpy as np
import pandas as pd
from desk import FEATURES, MAKERS
from mlflow import MlflowClient
from mlflow.data.digest_utils import compute_pandas_digest
from sklearn.base import clone
from sklearn.pipeline import Pipeline

WORDS = {"None": None, "True": True, "False": False}


class Refusal(ValueError):
    """A run that cannot be rebuilt; its text is the reason."""


def rebuild(run_id: str, archive: dict[str, pd.DataFrame]) -> Pipeline:
    run = MlflowClient().get_run(run_id)
    for reason in _refusals(run.to_dictionary(), archive):
        raise Refusal(reason)
    commit = run.data.tags["mlflow.source.git.commit"]
    used = {entry.dataset.digest for entry in run.inputs.dataset_inputs}
    frame = next(f for f in archive.values() if compute_pandas_digest(f) in used)
    settings = {n.split("__")[1]: _read(v) for n, v in run.data.params.items()}
    return clone(MAKERS[commit](**settings)).fit(frame, frame["late"].astype(bool))


def verify(run_id: str, archive: dict[str, pd.DataFrame], flights: pd.DataFrame) -> str:
    try:
        model = rebuild(run_id, archive)
    except Refusal as reason:
        return str(reason)
    found = mlflow.search_logged_models(
        experiment_ids=[mlflow.get_run(run_id).info.experiment_id],
        filter_string=f"source_run_id = '{run_id}'",
    )
    if found.empty:
        return "no model"
    logged = mlflow.sklearn.load_model(f"models:/{found['model_id'].iloc[0]}")
    pairs = zip(model.predict_proba(flights[FEATURES]), logged.predict_proba(flights), strict=True)
    same = all(np.allclose(new, old, rtol=0, atol=1e-9) for new, old in pairs)
    return "reproduced" if same else "other predictions"


def _refusals(run: dict[str, Any], archive: dict[str, pd.DataFrame]) -> Iterator[str]:
    """List what stands in the way, in the order of the README."""
    info, data = run["info"], run["data"]
    if (info["status"], info["lifecycle_stage"]) != ("FINISHED", "active"):
        yield "not finished"
    make = MAKERS.get(data["tags"].get("mlflow.source.git.commit"))
    if not make:
        yield "other code"
    elif set(make().named_steps["classifier"].get_params()) - {
        name.removeprefix("classifier__") for name in data["params"]
    }:
        yield "incomplete"
    for entry in run["inputs"]["dataset_inputs"]:
        name, digest = entry["dataset"]["name"], entry["dataset"]["digest"]
        if name not in archive or compute_pandas_digest(archive[name]) != digest:
            yield "other data"


def _read(text: str) -> Any:
    """Read a parameter: a word of Python, a number, weights of classes, or else a text."""
    if text in WORDS:
        return WORDS[text]
    if text.startswith("{"):
        pairs = (pair.split(":") for pair in text.strip("{}").split(","))
        return {int(label): _read(weight.strip()) for label, weight in pairs}
    try:
        number = json.loads(text)
    except json.JSONDecodeError:
        return text
    return number if math.isfinite(number) else text
