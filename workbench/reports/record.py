"""Bring the MLflow store up to the ledger: ``python -m workbench.reports.record WORKSPACE``.

Run beside the command, after the verdict is on the screen. Standard output names the number of
the experiment as soon as it is known. Exit status 0: all is recorded; 3: it is not, and standard
error says why in one sentence.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from workbench.course import load_course
from workbench.declarations import CourseError
from workbench.paths import chosen_course
from workbench.reports.store import StoreError, is_made, own_store, require_writable
from workbench.workspace.attempts import LedgerError
from workbench.workspace.folder import Workspace, WorkspaceError, find_workspace

NOT_RECORDED = 3

# MLflow reads these when it is imported.
_QUIET = {
    "DO_NOT_TRACK": "true",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
}

# A class server that is down is found out in seconds, not minutes.
_IMPATIENT = {"MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1", "MLFLOW_HTTP_REQUEST_TIMEOUT": "20"}


def main(arguments: Sequence[str]) -> int:
    """Record what is missing in the workspace that the first argument names."""
    try:
        workspace = find_workspace(Path(arguments[0]).resolve())
        with _noted(workspace.unrecorded):
            _record(workspace)
    except (StoreError, WorkspaceError, LedgerError, CourseError, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return NOT_RECORDED
    return 0


@contextmanager
def _noted(note: Path) -> Iterator[None]:
    """Leave the reason for the next check: this process may have no terminal."""
    try:
        yield
    except (StoreError, WorkspaceError, LedgerError, CourseError) as problem:
        note.write_text(f"{problem}\n", encoding="utf-8")
        raise
    note.unlink(missing_ok=True)


def _record(workspace: Workspace) -> None:
    file = own_store(workspace)
    if file and is_made(file):
        require_writable(file)
    os.environ.update(_QUIET)
    os.environ.update({name: os.environ.get(name, value) for name, value in _IMPATIENT.items()})
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    from workbench.reports.tracking import record_attempts  # after the environment is set

    record_attempts(workspace, load_course(chosen_course()), _tell)


def _tell(experiment: str) -> None:
    sys.stdout.write(f"{experiment}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
