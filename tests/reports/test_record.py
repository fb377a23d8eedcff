"""The recorder as the command starts it: a process of its own."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from workbench import practice
from workbench.reports.record import NOT_RECORDED
from workbench.workspace.attempts import Attempt
from workbench.workspace.folder import make_workspace


@pytest.fixture
def workspace(tmp_path, passed):
    made = make_workspace(tmp_path / "desk")
    made.ledger.append(Attempt("check", "first_suite", result=passed))
    return made


def record(folder, **environment):
    kept = {name: value for name, value in os.environ.items() if name != "MLFLOW_TRACKING_URI"}
    return subprocess.run(
        [sys.executable, "-m", "workbench.reports.record", folder],
        capture_output=True,
        text=True,
        env={**kept, **environment},
        timeout=300,
    )


def refusal(ran):
    """Return the one sentence of a recorder that could not record."""
    assert ran.returncode == NOT_RECORDED
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) == 1
    return ran.stderr


def test_a_record_names_its_experiment_and_leaves_a_store(workspace):
    ran = record(workspace.root)

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "1\n", "")
    with closing(sqlite3.connect(workspace.home / "mlflow.db")) as store:
        assert store.execute("SELECT name, status FROM runs").fetchall() == [
            ("#1 12/12 first_suite", "FINISHED")
        ]


def test_a_damaged_store_costs_one_sentence_and_nothing_else(workspace):
    store = workspace.home / "mlflow.db"
    store.write_bytes(b"garbage" * 1000)
    before = workspace.ledger.read()

    assert "Move the file away" in refusal(record(workspace.root))
    assert store.read_bytes() == b"garbage" * 1000
    assert workspace.ledger.read() == before


def test_a_locked_store_is_waited_for_and_then_told(workspace):
    with closing(sqlite3.connect(workspace.home / "mlflow.db")) as other:
        other.execute("CREATE TABLE held (x)")
        other.execute("BEGIN EXCLUSIVE")
        assert "database is locked" in refusal(record(workspace.root))


@pytest.mark.long
def test_a_class_server_that_is_down_is_told_in_seconds(workspace):
    ran = record(workspace.root, MLFLOW_TRACKING_URI="http://127.0.0.1:9")

    assert "http://127.0.0.1:9" in refusal(ran)


def test_a_folder_without_a_workspace_is_told(tmp_path):
    assert "workbench start" in refusal(record(tmp_path))


SLOW = "import time; print(5, flush=True); time.sleep(60)"


@pytest.mark.parametrize(
    ("code", "found", "problem"),
    [
        ("print(5)", "5", ""),
        ("raise SystemExit('no disk')", "", "no disk"),
        ("print(5); raise SystemExit(3)", "5", "it ended without a word"),
        (SLOW, "5", "not all was told within 2 seconds; the next check goes on"),
    ],
)
def test_the_experiment_is_found_even_if_not_all_is_recorded(
    code, found, problem, workspace, monkeypatch
):
    monkeypatch.setattr(practice, "_recorder", lambda workspace: [sys.executable, "-c", code])
    monkeypatch.setattr(practice, "_RECORD_SECONDS", 2)

    assert practice.find_recorded(workspace) == (found, problem)
