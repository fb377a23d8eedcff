from __future__ import annotations

import socket
import sys
from collections.abc import Iterator

import pytest

from workbench.ui import HOST, ServerError, Shown, free_port, serve
from workbench.workspace import Workspace

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


def test_is_a_taken_port_told(cli: Cli, taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def served(workspace: Workspace, shown: Shown, port: int, on_ready: object) -> None:
        on_ready(f"http://{HOST}:{port}")

    monkeypatch.setattr("workbench.ui.serve", served)
    said = cli("ui", "--port", taken).stdout
    assert f"Port {taken} is taken; " in said
    assert f"Open http://{HOST}:" in said
    assert f":{taken} " not in said


def test_is_the_class_server_named(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://class.example:5000")
    assert cli("ui").stdout == "Your attempts are on http://class.example:5000.\n"


def test_is_a_server_that_ends_a_sentence(
    cli: Cli, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = [sys.executable, "-c", "raise SystemExit('no such option')"]
    monkeypatch.setattr("workbench.ui._command", lambda shown, port: dead)
    done = cli("ui")
    assert done.exit_code == 2
    assert done.stderr == (
        "MLflow's server ended: no such option "
        f"All it said is in {workspace.home / 'server.log'}.\n"
    )


def test_is_a_silent_server_given_up(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr("workbench.ui._command", lambda shown, port: silent)
    monkeypatch.setattr("workbench.ui._START_SECONDS", 0.5)
    with pytest.raises(ServerError, match="it said nothing"):
        serve(workspace, Shown.attempts(workspace), free_port(), lambda address: None)


def test_is_what_was_never_logged_a_sentence(cli: Cli) -> None:
    done = cli("ui", "double")
    assert done.exit_code == 1
    assert done.stderr.startswith("Your code has logged nothing in double yet.")


def test_does_it_show_what_an_exercise_logged(
    cli: Cli, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr("workbench.ui.serve", lambda _, shown, *__: seen.append(shown))
    (workspace.home / "logged" / "double").mkdir(parents=True)
    cli("ui", "double")
    (shown,) = seen
    assert shown.store.endswith("/logged/double/mlflow.db")
