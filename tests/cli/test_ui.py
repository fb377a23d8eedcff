from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench.cli.ui import HOST, ServerError, Shown, free_port, serve
from workbench.workspace.folder import Workspace

from .conftest import Cli


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_is_a_taken_port_replaced(taken: int) -> None:
    found = free_port(taken)
    assert found != taken
    assert free_port(found) == found


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Shown]:
    """What was to be served, by a server that is ready at once and ends."""
    seen: list[Shown] = []

    def serve(
        workspace: Workspace, shown: Shown, port: int, on_ready: Callable[[str], None]
    ) -> None:
        seen.append(shown)
        on_ready(f"http://{HOST}:{port}")

    monkeypatch.setattr("workbench.cli.ui.serve", serve)
    return seen


@pytest.mark.usefixtures("served")
def test_is_a_taken_port_told(cli: Cli, taken: int) -> None:
    said = cli("ui", "--port", taken).stdout
    assert f"Port {taken} is taken; " in said
    assert f"attempts  http://{HOST}:" in said
    assert f":{taken}/" not in said


@pytest.mark.usefixtures("served")
def test_are_all_pages_named(cli: Cli, write: Callable[[str], Path]) -> None:
    write("# passed")
    cli("check", "double")
    said = [line.split() for line in cli("ui").stdout.splitlines() if "http" in line]
    assert [words[0] for words in said] == ["attempts", "progress", "double"]
    runs = "/#/experiments/7/runs?workflowType=machine_learning"
    for _, address in said:
        assert runs in address
        assert "viewStateShareKey=workbench-" in address
    assert ["compareRunsMode=CHART" in address for _, address in said] == [False, True, True]


@pytest.mark.usefixtures("served")
def test_does_the_page_open_when_the_record_fails(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.practice.find_recorded", lambda _: ("", "The store is locked."))
    done = cli("ui")
    assert done.exit_code == 0
    assert done.stderr == "MLflow does not have your newest attempts: The store is locked.\n"
    assert "/#/experiments\n" in done.stdout


@pytest.mark.parametrize(("version", "views"), [("3.17.2", 2), ("2.22.0", 0)])
def test_are_pages_of_the_class_server_named(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, version: str, views: int
) -> None:
    found = tuple(map(int, version.split(".")))
    monkeypatch.setattr("workbench.reports.class_server.server_version", lambda store: found)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://ada:secret@class.example:5000/")
    said = cli("ui").stdout
    assert "attempts  http://class.example:5000/#/experiments/7/runs?" in said
    assert said.count("viewStateShareKey") == views


def test_is_a_class_server_that_is_away_a_sentence(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")
    done = cli("ui")
    assert done.exit_code == 2
    assert done.stderr.startswith("http://127.0.0.1:9 does not answer")
    assert "unset MLFLOW_TRACKING_URI" in done.stderr


def test_is_a_server_that_ends_a_sentence(
    cli: Cli, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = [sys.executable, "-c", "raise SystemExit('no such option')"]
    monkeypatch.setattr("workbench.cli.ui._command", lambda shown, port: dead)
    done = cli("ui")
    assert done.exit_code == 2
    assert done.stderr == (
        "MLflow's server ended: no such option "
        f"All it said is in {workspace.home / 'server.log'}.\n"
    )


def test_is_a_silent_server_given_up(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr("workbench.cli.ui._command", lambda shown, port: silent)
    monkeypatch.setattr("workbench.cli.ui._START_SECONDS", 0.5)
    with pytest.raises(ServerError, match="it said nothing"):
        serve(workspace, Shown.logged(workspace.home), free_port(), lambda address: None)


def test_is_what_was_never_logged_a_sentence(cli: Cli) -> None:
    done = cli("ui", "double")
    assert done.exit_code == 1
    assert done.stderr.startswith("Your code has logged nothing in double yet.")


def test_does_it_show_what_an_exercise_logged(
    cli: Cli, workspace: Workspace, served: list[Shown]
) -> None:
    (workspace.home / "logged" / "double").mkdir(parents=True)
    said = cli("ui", "double").stdout
    (shown,) = served
    assert shown.store.endswith("/logged/double/mlflow.db")
    assert "/#/experiments\n" in said
