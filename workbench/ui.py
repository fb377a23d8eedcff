"""MLflow's pages on the workspace's store, on this machine only."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.request import urlopen

from workbench.practice import own_environment
from workbench.reports.store import EXPERIMENT
from workbench.workspace import Workspace

HOST = "127.0.0.1"
PORT = 5000
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
    """What MLflow shows: a store, its artifacts, and the experiment to begin with."""

    store: str
    artifacts: Path
    experiment: str

    @classmethod
    def attempts(cls, workspace: Workspace) -> Shown:
        """Show the attempts of a workspace."""
        return cls(workspace.store, workspace.home / "artifacts", EXPERIMENT)

    @classmethod
    def logged(cls, folder: Path) -> Shown:
        """Show what an attempt logged: the newest run's experiment first, which MLflow picks."""
        return cls(f"sqlite:///{(folder / 'mlflow.db').as_posix()}", folder / "mlruns", "")


def serve(workspace: Workspace, shown: Shown, port: int, on_ready: Callable[[str], None]) -> None:
    """Run the server until it is interrupted; call ``on_ready`` with the address of its page.

    Raises
    ------
    ServerError
        When it does not answer, or ends by itself.
    """
    log = workspace.home / "server.log"
    address = f"http://{HOST}:{port}"
    with log.open("wb") as sink, _server(shown, port, sink) as server:
        if _answers(server, address):
            on_ready(_page(address, shown.experiment))
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


def _page(address: str, experiment: str) -> str:
    """Return an experiment's page: MLflow would begin with its pages about language models."""
    if not experiment:
        return f"{address}/#/experiments"
    question = f"{address}/api/2.0/mlflow/experiments/get-by-name?experiment_name={experiment}"
    try:
        with urlopen(question, timeout=10) as answer:  # noqa: S310
            number = json.load(answer)["experiment"]["experiment_id"]
    except (OSError, ValueError, KeyError):  # no check yet, or another version of MLflow
        return address
    return f"{address}/#/experiments/{number}/runs?workflowType=machine_learning"


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing."
