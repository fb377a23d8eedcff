"""A store that ``MLFLOW_TRACKING_URI`` names: whose attempts are where, and is it there."""

from __future__ import annotations

import base64
import getpass
import os
import re
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

EXPERIMENT = "attempts"
_SECONDS = 5
_START = "Start that server, or unset MLFLOW_TRACKING_URI."
_SAY_WHO = "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or ask your instructor."
_RIGHT_ADDRESS = "Set MLFLOW_TRACKING_URI to the address that your instructor gave."


class ServerProblem(Exception):
    """A server that attempts cannot be told to.

    Parameters
    ----------
    seen, cure
        What is so, and what to do about it.
    """

    def __init__(self, seen: str, cure: str) -> None:
        self.seen, self.cure = seen, cure
        super().__init__(f"{seen}. {cure}")


def is_server(store: str) -> bool:
    """Whether the address is that of a server, which has pages of its own and keeps artefacts."""
    return store.startswith(("http://", "https://"))


def without_credentials(text: str) -> str:
    """Take user and password out of the addresses in a text, which may be shown then."""
    return re.sub(r"(?<=://)[^/\s@]*@", "", text)


def experiment_name() -> str:
    """Name the experiment that this learner's attempts go to.

    In a store that others use as well each learner has one, unless ``MLFLOW_EXPERIMENT_NAME``
    says otherwise: what is handed in is among the artefacts, and MLflow gives rights, deletes
    and keeps views by experiment.
    """
    if not os.environ.get("MLFLOW_TRACKING_URI"):
        return EXPERIMENT
    return os.environ.get("MLFLOW_EXPERIMENT_NAME") or f"{EXPERIMENT}/{learner()}"


def learner() -> str:
    """Name the learner as the server knows them, else as this machine does."""
    try:
        return os.environ.get("MLFLOW_TRACKING_USERNAME") or getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container's user need not have a name
        return "unknown"


def server_version(store: str) -> tuple[int, ...]:
    """Ask a server for its version of MLflow, and whether it lets us in.

    Raises
    ------
    ServerProblem
        When it does not answer, is something else, or does not let us in.
    """
    shown, address = without_credentials(store), store.rstrip("/")
    try:
        version = re.match(rb"(\d+)\.(\d+)\.(\d+)", _ask(f"{address}/version"))
        if version:
            _ask(f"{address}/api/2.0/mlflow/experiments/search?max_results=1")
            return tuple(map(int, version.groups()))
    except (OSError, ValueError, HTTPException) as problem:
        code = problem.code if isinstance(problem, HTTPError) else None
        if code in (401, 403):
            raise ServerProblem(f"{shown} does not let you in ({problem})", _SAY_WHO) from problem
        if code != 404:
            raise ServerProblem(f"{shown} does not answer ({problem})", _START) from problem
    raise ServerProblem(f"{shown} is no MLflow server", _RIGHT_ADDRESS)


def _ask(address: str) -> bytes:
    request = Request(without_credentials(address), headers=_credentials(address))  # noqa: S310
    with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
        text: bytes = answer.read()
    return text


def _credentials(address: str) -> dict[str, str]:
    """Take the credentials that MLflow's own client would take."""
    parts, known = urlsplit(address), os.environ.get
    user = known("MLFLOW_TRACKING_USERNAME") or parts.username
    password = known("MLFLOW_TRACKING_PASSWORD") or parts.password
    if user and password:
        pair = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
        return {"Authorization": f"Basic {pair}"}
    token = known("MLFLOW_TRACKING_TOKEN")
    return {"Authorization": f"Bearer {token}"} if token else {}
