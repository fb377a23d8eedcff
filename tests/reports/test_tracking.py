import json
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mlflow import MlflowClient
from mlflow.entities import ViewType

from workbench.reports.store import StoreError
from workbench.reports.tracking import record_attempts
from workbench.reports.views import views
from workbench.workspace.attempts import Attempt
from workbench.workspace.folder import Workspace, make_workspace

MORNING = datetime(2026, 1, 5, 10, tzinfo=UTC)

# A recorder as the command starts it, but for the course.
RECORDER = """
import os, pickle, sys
from pathlib import Path
from workbench.reports.tracking import MlflowClient, record_attempts
from workbench.workspace.folder import Workspace
if sys.argv[2]:
        setattr(MlflowClient, sys.argv[2], lambda *_: os._exit(9))
record_attempts(Workspace(Path(sys.argv[1])), pickle.load(sys.stdin.buffer))
"""


@pytest.fixture(autouse=True)
def our_own_store(monkeypatch, tmp_path):
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")


@pytest.fixture(scope="session")
def fresh_store(tmp_path_factory, course):
    """A store that was made once: MLflow's migrations take a second."""
    workspace = make_workspace(tmp_path_factory.mktemp("template") / "desk")
    assert record_attempts(workspace, course) == 0
    return workspace.home / "mlflow.db"


@pytest.fixture
def workspace(tmp_path, fresh_store):
    """A workspace whose path has a space and letters beyond ASCII."""
    made = make_workspace(tmp_path / "flight désk #1")
    shutil.copy(fresh_store, made.home)
    return made


def attempt_in(workspace, result, minutes=0, **fields):
    attempt = Attempt(
        "check", "first_suite", result=result, time=MORNING + timedelta(minutes=minutes), **fields
    )
    workspace.draft_snapshot(attempt.id, {"suite.py": b"x = 1\n"})
    workspace.keep_snapshot(attempt.id)
    workspace.ledger.append(attempt)
    return attempt


def client_of(workspace):
    return MlflowClient(workspace.store)


def runs_in(workspace, view=ViewType.ALL, experiment="attempts"):
    client = client_of(workspace)
    experiment = client.get_experiment_by_name(experiment).experiment_id
    return client.search_runs([experiment], "", view, order_by=["attributes.start_time"])


def recorder(workspace, course, dies_at=""):
    process = subprocess.Popen(
        [sys.executable, "-c", RECORDER, workspace.root, dies_at], stdin=subprocess.PIPE
    )
    process.stdin.write(pickle.dumps(course))
    process.stdin.close()
    return process


def test_an_attempt_is_a_run(workspace, course, wrong):
    attempt = attempt_in(workspace, wrong)

    assert record_attempts(workspace, course) == 1

    (run,) = runs_in(workspace)
    assert run.info.run_name == "#1 2/12 first_suite"
    assert run.info.status == "FINISHED"
    assert run.info.start_time == MORNING.timestamp() * 1000
    assert run.info.end_time - run.info.start_time == 2310
    assert run.data.params == {
        "exercise": "first_suite",
        "stage": "01_data_validation",
        "seed": "2013",
        "isolation": "process",
        "workbench": "0.1.0",
    }
    assert run.data.tags["workbench.attempt"] == attempt.id
    assert run.data.tags["outcome"] == "failed"
    assert run.data.metrics == {
        "score": 2,
        "max_score": 12,
        "share_of_points": 0.167,
        "attempt": 1,
        "seconds": 2.31,
        "missed": 3,
        "points/accepts_clean_weeks": 2,
        "points/catches_a_unit_change": 0,
        "points/catches_nulls": 0,
        "points/checks_types": 0,
        "points/says_where": 0,
        "numbers/catches_a_unit_change.missed": 3,
    }


def test_a_run_carries_the_page_the_pictures_and_the_files(workspace, course, wrong, tmp_path):
    attempt_in(workspace, wrong)
    record_attempts(workspace, course)
    (run,) = runs_in(workspace)

    client_of(workspace).download_artifacts(run.info.run_id, "", str(tmp_path))

    assert (tmp_path / "submission" / "suite.py").read_bytes() == b"x = 1\n"
    assert "2 of 12 points" in (tmp_path / "attempt.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["seed"] == 2013
    assert (tmp_path / "figures" / "catches_a_unit_change-1.png").read_bytes()[:4] == b"\x89PNG"
    assert run.info.artifact_uri.startswith((workspace.home / "artifacts").as_uri())


def test_a_user_without_a_name_is_recorded_too(workspace, course, passed, monkeypatch):
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 987_654)
    attempt_in(workspace, passed)

    assert record_attempts(workspace, course) == 1
    assert runs_in(workspace)[0].info.user_id == "unknown"


def test_only_checks_are_recorded(workspace, course):
    workspace.ledger.append(Attempt("hint", "first_suite", details={"rung": 1}))

    assert record_attempts(workspace, course) == 0


def test_what_is_missing_is_caught_up_oldest_first_and_once(workspace, course, wrong, passed):
    late = attempt_in(workspace, passed, minutes=9)
    assert record_attempts(workspace, course) == 1
    early = attempt_in(workspace, wrong, minutes=5)
    third = attempt_in(workspace, wrong, minutes=10)

    assert record_attempts(workspace, course) == 2
    assert record_attempts(workspace, course) == 0

    recorded = [run.data.tags["workbench.attempt"] for run in runs_in(workspace)]
    assert recorded == [early.id, late.id, third.id]


def test_a_fault_of_ours_is_a_failed_run(workspace, course, our_fault):
    attempt_in(workspace, our_fault)
    record_attempts(workspace, course)

    assert runs_in(workspace)[0].info.status == "FAILED"
    assert record_attempts(workspace, course) == 0


def test_an_exercise_that_left_the_course_is_recorded_too(workspace, course, passed):
    attempt_in(workspace, passed)

    assert record_attempts(workspace, replace(course, stages=())) == 1


def test_a_figure_that_cannot_be_drawn_costs_nothing_else(workspace, course, wrong):
    check = wrong.checks[1]
    broken = replace(check, figures=(replace(check.figures[0], kind="pie"), *check.figures))
    attempt_in(workspace, wrong.but(checks=(broken,)))
    record_attempts(workspace, course)

    (run,) = runs_in(workspace)
    pictures = client_of(workspace).list_artifacts(run.info.run_id, "figures")
    assert [picture.path for picture in pictures] == ["figures/catches_a_unit_change-2.png"]


def test_a_run_that_the_learner_deleted_stays_deleted(workspace, course, passed):
    attempt_in(workspace, passed)
    record_attempts(workspace, course)
    client_of(workspace).delete_run(runs_in(workspace)[0].info.run_id)

    assert record_attempts(workspace, course) == 0
    assert not runs_in(workspace, ViewType.ACTIVE_ONLY)


def test_the_experiment_keeps_the_views_up_to_date(workspace, course, passed):
    client = client_of(workspace)
    before = client.get_experiment_by_name("attempts").tags
    client.set_experiment_tag("1", "mlflow.sharedViewState.workbench-attempts", "damaged")
    attempt_in(workspace, passed)

    record_attempts(workspace, course)

    after = client.get_experiment_by_name("attempts").tags
    assert after == {**before, **{view.tag: view.value for view in views([*course])}}


def test_a_password_is_not_shown(workspace, course, monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://ada:secret@127.0.0.1:9")
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")

    with pytest.raises(StoreError, match=r"store http://127.0.0.1:9 could") as raised:
        record_attempts(workspace, course)
    assert "secret" not in str(raised.value)


def test_an_experiment_that_the_learner_deleted_comes_back(workspace, course, passed):
    client = client_of(workspace)
    client.delete_experiment(client.get_experiment_by_name("attempts").experiment_id)
    attempt_in(workspace, passed)

    assert record_attempts(workspace, course) == 1


@pytest.mark.long
@pytest.mark.parametrize("moment", ["log_artifacts", "set_terminated"])
def test_a_recorder_killed_in_the_middle_leaves_one_run_in_the_end(
    moment, workspace, course, passed
):
    attempt_in(workspace, passed)
    assert recorder(workspace, course, dies_at=moment).wait(300) == 9
    assert [run.info.status for run in runs_in(workspace)] == ["RUNNING"]

    assert record_attempts(workspace, course) == 1

    (run,) = runs_in(workspace)
    assert run.info.status == "FINISHED"
    assert run.data.metrics["score"] == 12
    assert len(client_of(workspace).get_metric_history(run.info.run_id, "score")) == 1


@pytest.mark.long
def test_two_recorders_at_once_record_each_attempt_once(workspace, course, passed):
    attempts = [attempt_in(workspace, passed, minutes=minutes) for minutes in range(6)]

    both = [recorder(workspace, course) for _ in range(2)]

    assert [process.wait(300) for process in both] == [0, 0]
    recorded = [run.data.tags["workbench.attempt"] for run in runs_in(workspace)]
    assert recorded == [attempt.id for attempt in attempts]


def test_a_store_that_vanished_is_filled_again_from_the_ledger(workspace, course, passed):
    attempt_in(workspace, passed)
    record_attempts(workspace, course)
    (workspace.home / "mlflow.db").unlink()

    assert recorder(workspace, course).wait(300) == 0

    with closing(sqlite3.connect(workspace.home / "mlflow.db")) as store:
        assert store.execute("SELECT count(*) FROM runs").fetchone() == (1,)


def test_a_half_made_store_is_made_again(tmp_path, course, passed):
    workspace = make_workspace(tmp_path / "desk")
    (workspace.home / "mlflow.db").touch()
    (workspace.home / "mlflow.db.draft").write_bytes(b"half")
    attempt_in(workspace, passed)

    assert record_attempts(workspace, course) == 1
    assert not (workspace.home / "mlflow.db.draft").exists()


def test_a_store_of_another_mlflow_is_named_with_the_cure(workspace, course, passed):
    attempt_in(workspace, passed)
    with closing(sqlite3.connect(workspace.home / "mlflow.db")) as store, store:
        store.execute("UPDATE alembic_version SET version_num = 'older'")

    with pytest.raises(StoreError, match=r"mlflow db upgrade.*No attempt is lost") as raised:
        record_attempts(workspace, course)
    assert "\n" not in str(raised.value)


def test_artefacts_that_cannot_be_written_are_told_and_caught_up(workspace, course, passed):
    attempt_in(workspace, passed)
    (workspace.home / "artifacts").write_text("a file in the way")
    with pytest.raises(StoreError, match="No attempt is lost"):
        record_attempts(workspace, course)
    (workspace.home / "artifacts").unlink()

    assert record_attempts(workspace, course) == 1
    assert [run.info.status for run in runs_in(workspace)] == ["FINISHED"]


def test_a_workspace_that_moved_keeps_its_artefacts(workspace, course, passed, tmp_path):
    attempt_in(workspace, passed)
    record_attempts(workspace, course)
    moved = Workspace(workspace.root.rename(tmp_path / "moved"))
    attempt_in(moved, passed, minutes=1)

    assert record_attempts(moved, course) == 1

    for run in runs_in(moved):
        artefacts = client_of(moved).list_artifacts(run.info.run_id)
        assert "attempt.html" in {artefact.path for artefact in artefacts}
    assert not workspace.root.exists()


def test_another_store_is_used_when_the_environment_names_one(
    workspace, course, passed, fresh_store, monkeypatch, tmp_path
):
    shutil.copy(fresh_store, tmp_path / "class.db")
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path / 'class.db'}")
    monkeypatch.setenv("MLFLOW_EXPERIMENT_NAME", "together")
    mine, theirs = attempt_in(workspace, passed), make_workspace(tmp_path / "theirs")
    attempt_in(theirs, passed)

    assert record_attempts(workspace, course) == 1
    assert record_attempts(theirs, course) == 1
    assert record_attempts(workspace, course) == 0

    runs = runs_in(workspace, experiment="together")
    assert mine.id in {run.data.tags["workbench.attempt"] for run in runs}
    assert len(runs) == 2
    monkeypatch.delenv("MLFLOW_TRACKING_URI")
    assert not runs_in(workspace)


def test_hostile_text_is_recorded_as_it_is_shown(workspace, course, wrong, everything_hostile):
    check = replace(wrong.checks[1], message=everything_hostile, numbers={everything_hostile: 1.0})
    attempt_in(workspace, wrong.but(checks=(check,), isolation=everything_hostile[:100]))

    assert record_attempts(workspace, course) == 1


def test_nothing_is_left_in_the_current_folder(workspace, course, passed):
    attempt_in(workspace, passed)
    record_attempts(workspace, course)

    assert not any(Path().iterdir())
