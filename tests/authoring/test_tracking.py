"""A store that learner code has written is read as data, whatever it holds.

All processes here are in a sandbox: some of the models are hostile.
"""

import math
import pickle
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import mlflow.sklearn
import numpy as np
import pandas as pd
import pytest
from mlflow import MlflowClient

from workbench.authoring.tracking import (
    LoggedDataset,
    LoggedModel,
    OtherRun,
    Store,
    ask_model,
    lay_store,
    read_store,
)
from workbench.judging.bounds import Bounds
from workbench.judging.dialogue import Task
from workbench.judging.isolation import wrapper_of
from workbench.judging.learner import Learner
from workbench.judging.plain import PlainStarter
from workbench.judging.processes import LEARNER, Nursery, can_fork
from workbench.judging.verdicts import BadAnswer, LearnerEnded, LearnerTimeout, Verdict

LOG = b"""
import os
import mlflow
import mlflow.sklearn
from sklearn.linear_model import LogisticRegression


def log_model(frame, late):
    client = mlflow.MlflowClient()
    with mlflow.start_run(run_name="mine", tags={"team": "ops"}) as run:
        model = LogisticRegression(C=0.5).fit(frame, late)
        data = mlflow.data.from_pandas(frame, name="train", digest="abc")
        mlflow.log_input(data, context="training")
        mlflow.log_params({"C": 0.5})
        mlflow.log_metrics({"cost": 0.25, "recall": float("nan"), "lift": float("inf")})
        answers = model.predict_proba(frame)
        info = mlflow.sklearn.log_model(
            model, name="model", input_example=frame[:2], pip_requirements=["scikit-learn"],
            signature=mlflow.models.infer_signature(frame, answers),
        )
    for _ in range(2):
        version = mlflow.register_model(info.model_uri, "delays").version
    client.set_registered_model_alias("delays", "champion", "1")
    client.set_registered_model_alias("delays", "challenger", "2")
    client.set_model_version_tag("delays", "1", "slices", "checked")
    client.update_model_version("delays", "2", description="the next one")
    return run.info.run_id, info.model_id, answers[:, 1]


def log_failure():
    mlflow.set_experiment("late")
    with mlflow.start_run():
        raise ValueError


def link(target):
    os.symlink(target, "mlflow.db")
"""
# what MLflow imports when it is first asked, imported once
NEEDS = (
    "mlflow.sklearn mlflow.pyfunc.scoring_server mlflow.store.tracking.sqlalchemy_store "
    "mlflow.store.model_registry.sqlalchemy_store mlflow.models.rag_signatures "
    "mlflow.types.responses skops.io sklearn.ensemble sklearn.utils._testing alembic.command git"
).split()
FLIGHTS = pd.DataFrame({"delay": [0.0, 1.0, 2.0, 3.0], "distance": [1.0, 0.0, 1.0, 0.0]})
LATE = np.array([False, False, True, True])
OTHERS = (
    OtherRun("late", 1_000, 2_000, "first", metrics={"cost": 3.0, "nan": math.nan},
             params={"C": "1"}, tags={"team": "others"}),
    OtherRun("late", 3_000, 4_000, status="FAILED"),
    OtherRun("other", 5_000, 6_000, deleted=True),
    OtherRun("Default", 7_000, 0, status="RUNNING"),
)  # fmt: skip
Open = Callable[..., Learner]


@dataclass(frozen=True)
class Logged:
    """What the learner code above left, and what it said."""

    learner: Learner
    others: tuple[str, ...]
    run: str
    answers: np.ndarray
    files: dict[str, bytes]
    store: Store
    model: LoggedModel


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Open]:
    if not can_fork():
        pytest.skip("warm parents fork")
    home = str(tmp_path_factory.mktemp("home"))
    warm = Nursery.open(LEARNER, NEEDS, home, wrapper_of("sandbox", home))

    def learner(seconds: float = 60.0, keep: Path | None = None) -> Learner:
        task = Task({"log.py": LOG}, seconds, 300, Bounds(load=60), home, cache=cache, keep=keep)
        return Learner(lambda: warm, task)

    yield learner
    warm.close()


@pytest.fixture(scope="module")
def logged(make: Open) -> Iterator[Logged]:
    with make() as learner:
        others = lay_store(learner, OTHERS)
        run, model, answers = learner.call("log_model", FLIGHTS, LATE)
        learner.refuses("log_failure")
        store = read_store(learner)
        yield Logged(learner, others, run, answers, learner.files(), store, store.models[model])


@pytest.fixture
def learner(make: Open) -> Iterator[Learner]:
    with make() as learner:
        yield learner


def test_what_was_logged_is_kept_for_its_author(make: Open, tmp_path: Path) -> None:
    keep = tmp_path / "stores" / "log"
    (keep / "of_an_attempt_before").mkdir(parents=True)
    with make(keep=keep) as learner:
        lay_store(learner)
        run, model, answers = learner.call("log_model", FLIGHTS, LATE)
        read_store(learner)
    client = MlflowClient(f"sqlite:///{keep / 'mlflow.db'}")
    assert client.get_run(run).info.artifact_uri.startswith(str(keep))
    folder = client.get_logged_model(model).artifact_location
    found = mlflow.sklearn.load_model(folder).predict_proba(FLIGHTS)[:, 1]
    assert found == pytest.approx(answers)
    assert [path.name for path in keep.parent.iterdir()] == ["log"]
    assert not (keep / "of_an_attempt_before").exists()


def test_a_place_that_cannot_be_written_costs_no_attempt(make: Open, tmp_path: Path) -> None:
    (tmp_path / "stores").write_text("a file in the way")
    with make(keep=tmp_path / "stores" / "log") as learner:
        lay_store(learner)
        assert read_store(learner).runs == {}


def sql(database: bytes, folder: Path, *orders: str) -> tuple[bytes, list[Any]]:
    """Run orders in a database; return it, and the rows of the last one."""
    place = folder / "copy.db"
    place.write_bytes(database)
    found: list[Any] = []
    with sqlite3.connect(place) as connection:
        for order in orders:
            found = connection.execute(order).fetchall()
    connection.close()
    return place.read_bytes(), found


def test_a_run_is_read_as_it_was_logged(logged: Logged) -> None:
    run = logged.store.runs[logged.run]
    assert (run.name, run.experiment, run.status, run.deleted) == (
        "mine", "Default", "FINISHED", False,
    )  # fmt: skip
    assert run.params == {"C": "0.5"}
    assert run.metrics.keys() == {"cost", "recall", "lift"}
    assert run.metrics["cost"] == 0.25
    assert math.isnan(run.metrics["recall"])
    assert run.metrics["lift"] > 1e300
    assert run.tags["team"] == "ops"
    assert run.datasets == (LoggedDataset("train", "abc", "training"),)
    assert run.models == (logged.model.id,)
    assert run.started <= run.ended


def test_a_model_is_read_with_its_files_and_signature(logged: Logged) -> None:
    model = logged.model
    assert (model.name, model.run_id, model.params) == ("model", logged.run, {"C": "0.5"})
    assert model.flavors["sklearn"]["serialization_format"] == "skops"
    assert "distance" in model.inputs
    assert "tensor" in model.outputs
    assert {"MLmodel", "model.skops", model.example} <= model.files.keys()


def test_versions_and_aliases_are_read(logged: Logged) -> None:
    store = logged.store
    assert store.registered == ("delays",)
    first, second = store.versions_of("delays")
    assert store.at("delays", "champion") == first
    assert store.at("delays", "challenger") == second
    assert store.at("delays", "nobody") is store.at("others", "champion") is None
    assert (first.version, first.aliases, first.tags) == (1, ("champion",), {"slices": "checked"})
    assert (second.version, second.description) == (2, "the next one")
    assert first.created <= second.created


def test_runs_of_other_people_are_there(logged: Logged) -> None:
    first, failed, deleted, running = (logged.store.runs[key] for key in logged.others)
    assert (first.name, first.experiment, first.started, first.ended) == (
        "first", "late", 1_000, 2_000,
    )  # fmt: skip
    assert first.metrics["cost"] == 3.0
    assert math.isnan(first.metrics["nan"])
    assert (first.params["C"], first.tags["team"]) == ("1", "others")
    assert (failed.status, failed.deleted) == ("FAILED", False)
    assert (deleted.experiment, deleted.deleted) == ("other", True)
    assert (running.experiment, running.status, running.ended) == ("Default", "RUNNING", None)
    own = [run for key, run in logged.store.runs.items() if key not in logged.others]
    assert sorted(run.status for run in own) == ["FAILED", "FINISHED"]


def test_artifacts_belong_in_the_learners_folder(
    logged: Logged, learner: Learner, tmp_path: Path
) -> None:
    assert lay_store(learner) == ()
    for owner, files in ((learner, learner.files()), (logged.learner, logged.files)):
        places = "SELECT artifact_location FROM experiments UNION SELECT artifact_uri FROM runs"
        _, found = sql(files["mlflow.db"], tmp_path, places)
        assert found
        assert all(place.startswith(f"{owner.folder}/mlruns/") for (place,) in found)


def test_a_model_answers_as_it_did(logged: Logged) -> None:
    answers = ask_model(logged.learner, logged.model, FLIGHTS)
    np.testing.assert_allclose(answers, logged.answers)


def test_no_store_is_told(learner: Learner) -> None:
    with pytest.raises(BadAnswer, match="nothing was logged"):
        read_store(learner)
    learner.call("link", "/etc/passwd")
    with pytest.raises(BadAnswer, match="nothing was logged"):
        read_store(learner)


def test_what_is_no_database_is_told_by_code_of_ours(tmp_path: Path) -> None:
    """A process that has imported nothing yet would find the learner's modules first."""
    home = str(tmp_path)
    starter = PlainStarter(LEARNER, home, wrapper_of("sandbox", home))
    code = b"raise ValueError('theirs')"
    with Learner(lambda: starter, Task({}, 60, 60, Bounds(load=60), home)) as learner:
        learner.lay({"mlflow.db": b"no database" * 100, "mlflow.py": code, "yaml.py": code})
        with pytest.raises(BadAnswer, match=r"cannot be read: .*not a database"):
            read_store(learner)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("UPDATE runs SET start_time = 'soon'", "cannot be read"),
        ("UPDATE latest_metrics SET value = 'much'", "cannot be read"),
        ("UPDATE logged_models SET artifact_location = '/etc'", "place of artifacts"),
        ("UPDATE logged_models SET artifact_location = artifact_location || '/../..'", "place"),
    ],
)
def test_a_store_that_was_tampered_with_is_told(
    logged: Logged, learner: Learner, tmp_path: Path, order: str, words: str
) -> None:
    database, _ = sql(logged.files["mlflow.db"], tmp_path, order)
    learner.lay({**logged.files, "mlflow.db": database})
    with pytest.raises(BadAnswer, match=words):
        read_store(learner)


def test_a_model_that_was_never_finished_is_left_out(
    logged: Logged, learner: Learner, tmp_path: Path
) -> None:
    order = "UPDATE logged_models SET status = 1, artifact_location = '/etc'"
    learner.lay({"mlflow.db": sql(logged.files["mlflow.db"], tmp_path, order)[0]})
    store = read_store(learner)
    assert store.models == {}
    assert store.runs.keys() == logged.store.runs.keys()


def test_triggers_and_views_change_nothing(
    logged: Logged, learner: Learner, tmp_path: Path
) -> None:
    trigger = "BEGIN DELETE FROM latest_metrics; DELETE FROM logged_models; END"
    database, _ = sql(
        logged.files["mlflow.db"],
        tmp_path,
        "ALTER TABLE tags RENAME TO t",
        "CREATE VIEW tags AS SELECT * FROM t",
        f"CREATE TRIGGER new AFTER INSERT ON experiments {trigger}",
        f"CREATE TRIGGER changed AFTER UPDATE ON runs {trigger}",
    )
    # artifacts are found by the folder that the store names
    database = database.replace(logged.learner.folder.encode(), learner.folder.encode())
    learner.lay({**logged.files, "mlflow.db": database})
    found = read_store(learner)
    assert repr(found.runs) == repr(logged.store.runs)
    assert found.models == logged.store.models


def test_a_view_without_end_is_a_timeout(make: Open, logged: Logged, tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    orders = (
        "ALTER TABLE experiments RENAME TO e",
        f"CREATE VIEW experiments AS SELECT * FROM e WHERE (SELECT max(i) FROM ({endless})) > 0",
    )
    with make(seconds=2) as learner:
        learner.lay({"mlflow.db": sql(logged.files["mlflow.db"], tmp_path, *orders)[0]})
        with pytest.raises(LearnerTimeout):
            read_store(learner)


def described(model: LoggedModel, old: str, new: str) -> LoggedModel:
    """A model whose MLmodel says something else."""
    text = model.files["MLmodel"].decode()
    assert old in text
    return replace(model, files={**model.files, "MLmodel": text.replace(old, new).encode()})


@pytest.mark.parametrize(
    "flavors",
    [
        {},
        {"sklearn": {}},
        {"python_function": {"loader_module": "mlflow.sklearn"}},
        {"sklearn": {}, "python_function": {"loader_module": "theirs"}},
        {"sklearn": {"code": ""}, "python_function": {"loader_module": "mlflow.sklearn"}},
    ],
    ids=str,
)
def test_a_loader_or_code_of_ones_own_is_not_run(
    logged: Logged, flavors: dict[str, dict[str, str]]
) -> None:
    with pytest.raises(BadAnswer, match=r"mlflow\.sklearn\.log_model"):
        ask_model(logged.learner, replace(logged.model, flavors=flavors), FLIGHTS)


def test_the_file_of_a_model_tells_of_its_loader(logged: Logged, learner: Learner) -> None:
    (place,) = (path for path in logged.files if path.endswith("/MLmodel"))
    told = described(logged.model, "serialization_format: skops", "code: theirs")
    database = logged.files["mlflow.db"]
    database = database.replace(logged.learner.folder.encode(), learner.folder.encode())
    learner.lay({place: told.files["MLmodel"], "mlflow.db": database})
    (model,) = read_store(learner).models.values()
    assert model.flavors["sklearn"]["code"] == "theirs"
    with pytest.raises(BadAnswer, match="brings a loader or code"):
        ask_model(learner, model, FLIGHTS)


def test_a_model_that_cannot_be_loaded_is_told(logged: Logged) -> None:
    rest = {path: text for path, text in logged.model.files.items() if path != "model.skops"}
    with pytest.raises(BadAnswer, match="can be loaded"):
        ask_model(logged.learner, replace(logged.model, files=rest), FLIGHTS)


class Pickled:
    """Unpickles as what an expression gives."""

    def __init__(self, expression: str) -> None:
        self._expression = expression

    def __reduce__(self) -> tuple[Any, ...]:
        return eval, (self._expression,)


def pickled(model: LoggedModel, expression: str) -> LoggedModel:
    """The same model, as its learner may have pickled it."""
    told = described(model, "serialization_format: skops", "serialization_format: cloudpickle")
    told = described(told, "model.skops", "model.pkl")
    return replace(told, files={**told.files, "model.pkl": pickle.dumps(Pickled(expression))})


@pytest.mark.parametrize(
    "answer",
    [
        "numpy.full((n, 2), numpy.nan)",
        "numpy.full((n, 2), 1.5)",
        "numpy.full((n, 2), -0.1)",
        "numpy.ones((n - 1, 2))",
        "numpy.ones((n, 1))",
        "numpy.ones((n, 2, 2))",
        "numpy.ones((n, 2), int)",
        "numpy.full((n, 2), 'x')",
        "numpy.full((n, 2), None)",
        "None",
    ],
)
def test_what_is_no_probability_a_row_is_told(logged: Logged, answer: str) -> None:
    model = f"""type("M", (), {{"predict_proba": lambda self, f, numpy=__import__("numpy"):
        (lambda n: {answer})(len(f))}})()"""
    with pytest.raises(BadAnswer):
        ask_model(logged.learner, pickled(logged.model, model), FLIGHTS)


@pytest.mark.parametrize(
    ("expression", "verdict", "words"),
    [
        ("print('harm')", BadAnswer, "raised AttributeError: 'NoneType'"),
        ("exit(0)", BadAnswer, "raised SystemExit"),
        ("__import__('os')._exit(0)", LearnerEnded, "exit status 0"),
        ("open('CHECKS').read()", BadAnswer, "raised FileNotFoundError"),
        ("open('CACHE/harm', 'w')", BadAnswer, "raised FileNotFoundError"),
        ("__import__('socket').create_connection(('127.0.0.1', 9))", BadAnswer, "raised "),
    ],
)
def test_unpickling_harms_nothing(
    logged: Logged,
    cache: Path,
    capfd: pytest.CaptureFixture[str],
    expression: str,
    verdict: type[Verdict],
    words: str,
) -> None:
    kept = {path: path.read_bytes() for path in cache.rglob("*") if path.is_file()}
    for name, place in {"CHECKS": Path(__file__), "CACHE": cache}.items():
        expression = expression.replace(name, str(place))
    with pytest.raises(verdict, match=words):
        ask_model(logged.learner, pickled(logged.model, expression), FLIGHTS)
    assert capfd.readouterr() == ("", "")
    assert {path: path.read_bytes() for path in cache.rglob("*") if path.is_file()} == kept
    assert logged.learner.files() == logged.files
