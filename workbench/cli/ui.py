"""MLflow's pages on the workspace's store, on this machine only."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.request import urlopen

from workbench.practice import own_environment
from workbench.reports.views import ATTEMPTS, PROGRESS, view_of
from workbench.workspace.desk import Desk
from workbench.workspace.folder import Workspace

HOST = "127.0.0.1"
PORT = 5000
_EXPERIMENTS = {"experiments": "#/experiments"}
_START_SECONDS = 90
_STOP_SECONDS = 10


class ServerError(Exception):
    """MLflow's server did not start."""


def free_port(wanted: int = PORT) -> int:
    """Return the port, or when it is taken one of the next, or any that is free."""
    for port in (*range(wanted, min(wanted + 10, 2**16)), 0):
        with socket.socket() as probe:
            # As servers do: the last one's closed connections do not make the port taken.
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ServerError(f"No port is free on {HOST}. End a program that listens, then try again.")


@dataclass(frozen=True)
class Shown:
    """What MLflow shows: a store and its artifacts, and in it the pages to begin with.

    Parameters
    ----------
    pages
        What each shows, and the end of its address.
    """

    store: str
    artifacts: Path
    pages: Mapping[str, str]

    @classmethod
    def attempts(cls, desk: Desk, experiment: str) -> Shown:
        """Show the attempts; `experiment` is empty when its number is not known."""
        pages = attempts_pages(desk, experiment)
        return cls(desk.workspace.store, desk.workspace.home / "artifacts", pages)

    @classmethod
    def logged(cls, folder: Path) -> Shown:
        """Show what an attempt logged: the newest run's experiment first, which MLflow picks."""
        return cls(
            f"sqlite:///{(folder / 'mlflow.db').as_posix()}", folder / "mlruns", _EXPERIMENTS
        )


def attempts_pages(desk: Desk, experiment: str, *, views: bool = True) -> dict[str, str]:
    """Name the pages on the attempts, and the end of each address.

    MLflow by itself would begin with its pages about language models.

    Parameters
    ----------
    views
        Whether that MLflow knows the views that the recorder leaves in the store.
    """
    if not experiment:
        return _EXPERIMENTS
    runs = f"#/experiments/{experiment}/runs?workflowType=machine_learning"
    if not views:
        return {"attempts": runs}
    charts = f"{runs}&compareRunsMode=CHART"
    known = {exercise.id for exercise in desk.course}
    checked = [a.exercise for a in desk.attempts if a.kind == "check" and a.exercise in known]
    return {
        "attempts": f"{runs}&viewStateShareKey={ATTEMPTS}",
        "progress": f"{charts}&viewStateShareKey={PROGRESS}",
        **{last: f"{charts}&viewStateShareKey={view_of(last)}" for last in checked[-1:]},
    }


def serve(workspace: Workspace, shown: Shown, port: int, on_ready: Callable[[str], None]) -> None:
    """Run the server until it is interrupted; call ``on_ready`` with its address.

    Raises
    ------
    ServerError
        When it does not answer, or ends by itself.
    """
    log = workspace.home / "server.log"
    address = f"http://{HOST}:{port}"
    with log.open("wb") as sink, _server(shown, port, sink) as server:
        if _answers(server, address):
            on_ready(address)
            server.wait()
    raise ServerError(f"MLflow's server ended: {_last_line(log)} All it said is in {log}.")


@contextmanager
def _server(shown: Shown, port: int, log: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    # Its jobs serve features of MLflow that are not used here, with four more processes.
    environment = own_environment() | {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    command = _command(shown, port)
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield server
    finally:
        server.terminate()
        try:
            server.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()


def _command(shown: Shown, port: int) -> list[str]:
    return [
        *(sys.executable, "-P", "-m", "mlflow", "server", "--workers", "1"),
        *("--host", HOST, "--port", str(port)),
        *("--backend-store-uri", shown.store),
        *("--artifacts-destination", shown.artifacts.absolute().as_uri()),
    ]


def _answers(server: subprocess.Popen[bytes], address: str) -> bool:
    deadline = time.monotonic() + _START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), urlopen(f"{address}/health", timeout=2):  # noqa: S310
            return True
        time.sleep(0.2)
    return False


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing."
