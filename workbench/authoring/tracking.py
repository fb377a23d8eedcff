"""MLflow stores as the judge sees them: what was logged is data, and models are asked elsewhere.

A learner's code logs into ``mlflow.db`` in its own folder. The judge takes copies of the files,
lets a process without learner code read the metadata, and asks each model in a process of its
own. So nothing that was logged runs where the truth is, and no number is taken from a claim.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.authoring.logged import (
    LoggedDataset,
    LoggedModel,
    LoggedRun,
    ModelVersion,
    OtherRun,
    Store,
)
from workbench.judging.file_tree import replace_folder
from workbench.judging.learner import Learner
from workbench.judging.verdicts import BadAnswer, LearnerRaised

__all__ = [
    "LoggedDataset",
    "LoggedModel",
    "LoggedRun",
    "ModelVersion",
    "OtherRun",
    "Store",
    "ask_model",
    "lay_store",
    "read_store",
]

_READER = Path(__file__).with_name("store_reader.py")
_DATABASE = "mlflow.db"
_UNFINISHED = (f"{_DATABASE}-journal", f"{_DATABASE}-wal")  # of a commit that was interrupted
_NOWHERE = "/nowhere/learner"  # where a blank store thinks it is


def lay_store(learner: Learner, runs: Sequence[OtherRun] = ()) -> tuple[str, ...]:
    """Give the learner's code an MLflow store, with runs of other people in it.

    Returns
    -------
    tuple of str
        The ids of these runs.
    """
    ids: tuple[str, ...] = ()
    with _reader(learner, _blank(learner)) as reader:
        if runs:
            ids = tuple(reader.call("fill", [_plain(run) for run in runs]))
        for former in (_NOWHERE, reader.folder):
            reader.call("move", former, learner.folder)
        learner.lay(reader.files())
    return ids


def read_store(learner: Learner) -> Store:
    """Read what the learner's code logged.

    Raises
    ------
    BadAnswer
        If there is no store, if it cannot be read, or if a model's files are not in it.
    """
    files = learner.files()
    if _DATABASE not in files:
        raise BadAnswer(
            "Log to the tracking store that is configured: nothing was logged there. "
            "Leave out mlflow.set_tracking_uri."
        )
    with _reader(learner, _described(files)) as reader:
        try:
            told = reader.call("read", returns=dict)
            models = [_model(reader, learner.folder, files, entry) for entry in told["models"]]
        except LearnerRaised as problem:
            raise BadAnswer(f"The tracking store cannot be read: {problem.text}") from None
        if learner.keep:
            reader.call("move", learner.folder, learner.keep.as_posix())
            with contextlib.suppress(OSError):  # to review it later is not worth an attempt
                replace_folder(learner.keep, {**files, _DATABASE: reader.files()[_DATABASE]})
    return Store(
        runs={run["id"]: _run(run) for run in told["runs"]},
        models={model.id: model for model in models if model},
        registered=tuple(told["registered"]),
        versions=tuple(
            ModelVersion(**{**entry, "aliases": tuple(entry["aliases"])})
            for entry in told["versions"]
        ),
    )


def ask_model(learner: Learner, model: LoggedModel, frame: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Ask a logged model for probabilities, in a process that holds nothing else.

    Returns
    -------
    array of shape (rows,)
        The probability of the second class.

    Raises
    ------
    BadAnswer
        If it is no scikit-learn model, brings a loader or code of its own, cannot be loaded, or
        does not answer with one finite probability a row.
    """
    _expect_sklearn(model)
    with _reader(learner, {f"model/{path}": text for path, text in model.files.items()}) as reader:
        try:
            answer = reader.call("answer", "model", frame, returns=np.ndarray)
        except LearnerRaised as problem:
            raise BadAnswer(
                f'Log a model that can be loaded and asked: "{model.name}" raised {problem.kind}: '
                f"{problem.text}"
            ) from None
    if answer.shape != (len(frame),) or answer.dtype.kind != "f":
        raise BadAnswer(f'The model "{model.name}" should answer with one probability a row.')
    probabilities: npt.NDArray[np.float64] = answer.astype(np.float64)
    if not ((probabilities >= 0) & (probabilities <= 1)).all():
        raise BadAnswer(f'The model "{model.name}" answered with what is no probability.')
    return probabilities


def _expect_sklearn(model: LoggedModel) -> None:
    flavors = model.flavors
    own = {flavor.get("code") for flavor in flavors.values()} - {None}
    loader = flavors.get("python_function", {}).get("loader_module")
    if "sklearn" not in flavors or loader != "mlflow.sklearn" or own:
        raise BadAnswer(
            f'Log the model with mlflow.sklearn.log_model: "{model.name}" brings a loader or code '
            "of its own, which is not run here."
        )


@contextlib.contextmanager
def _reader(learner: Learner, files: Mapping[str, bytes]) -> Iterator[Learner]:
    with learner.another({_READER.name: _READER.read_bytes()}) as reader:
        reader.lay(files)
        yield reader


def _blank(learner: Learner) -> dict[str, bytes]:
    """Return an empty store; MLflow takes over a second to make one, so it is kept."""
    kept = learner.cache / "tracking" / f"blank-{version('mlflow')}.db"
    if not kept.exists():
        with _reader(learner, {}) as reader:
            reader.call("read")
            reader.call("move", reader.folder, _NOWHERE)
            made = reader.files()[_DATABASE]
        kept.parent.mkdir(parents=True, exist_ok=True)
        new = kept.with_name(f"{kept.name}.{os.getpid()}")
        new.write_bytes(made)
        new.replace(kept)
    return {_DATABASE: kept.read_bytes()}


def _described(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Choose what describes runs and models: the reader would import a learner's sqlite3.py."""
    names = {_DATABASE, *_UNFINISHED}
    return {
        path: content
        for path, content in files.items()
        if path in names or PurePosixPath(path).name == "MLmodel"
    }


def _plain(run: OtherRun) -> dict[str, Any]:
    return {**asdict(run), "metrics": {name: repr(v) for name, v in run.metrics.items()}}


def _run(told: Mapping[str, Any]) -> LoggedRun:
    return LoggedRun(
        **{
            **told,
            "metrics": {name: float(text) for name, text in told["metrics"].items()},
            "datasets": tuple(LoggedDataset(**entry) for entry in told["datasets"]),
            "models": tuple(told["models"]),
        }
    )


def _model(
    reader: Learner, former: str, files: Mapping[str, bytes], told: Mapping[str, Any]
) -> LoggedModel | None:
    """Put together what store and files say; None for a model that was never finished."""
    folder = told["folder"].removeprefix(f"{former}/")
    own = {
        path.removeprefix(f"{folder}/"): content
        for path, content in files.items()
        if path.startswith(f"{folder}/")
    }
    if "MLmodel" not in own:
        if told["status"] != "READY":
            return None
        raise BadAnswer(
            f'Leave the place of artifacts to MLflow: the files of the model "{told["name"]}" '
            "are not in the store's folder."
        )
    described = reader.call("describe", folder, returns=dict)
    return LoggedModel(
        id=told["id"],
        name=told["name"],
        run_id=told["run_id"],
        files=own,
        params=told["params"],
        tags=told["tags"],
        flavors=described["flavors"],
        inputs=described["inputs"],
        outputs=described["outputs"],
        example=described["example"],
    )
