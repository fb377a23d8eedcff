"""The workspace's own MLflow store, looked at with SQLite alone.

MLflow answers a damaged or locked file with minutes of retries; SQLite says it at once.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from workbench.reports.class_server import EXPERIMENT
from workbench.workspace.folder import Workspace

# Columns in which MLflow keeps absolute addresses of artefacts.
_ADDRESSES = (
    ("experiments", "artifact_location"),
    ("runs", "artifact_uri"),
    ("logged_models", "artifact_location"),
    ("model_versions", "source"),
    ("model_versions", "storage_location"),
)


class StoreError(Exception):
    """The MLflow store cannot be written: one sentence with the next step."""


def own_store(workspace: Workspace) -> Path | None:
    """File of the workspace's store; None when ``MLFLOW_TRACKING_URI`` names another."""
    return None if os.environ.get("MLFLOW_TRACKING_URI") else workspace.home / "mlflow.db"


def artifacts(workspace: Workspace) -> str:
    """Address of the artefacts beside the workspace's own store."""
    return (workspace.home / "artifacts").resolve().as_uri()


def is_made(file: Path) -> bool:
    """Whether the store has been made; MLflow leaves an empty file when it is killed early."""
    return file.is_file() and file.stat().st_size > 0


def require_writable(file: Path, *, patience: float = 5.0) -> None:
    """Begin to write, and take it back.

    Raises
    ------
    StoreError
        When the file is damaged, read-only, or locked for longer than ``patience`` seconds.
    """
    with _open(file, patience) as database:
        database.execute("CREATE TABLE probe (x)")  # a read-only file refuses no sooner
        database.rollback()


def follow_move(workspace: Workspace, file: Path) -> None:
    """Correct the addresses of artefacts after the workspace's folder was moved or renamed."""
    here = artifacts(workspace)
    with _open(file, 5.0) as database:
        row = database.execute(
            "SELECT artifact_location FROM experiments WHERE name = ?", [EXPERIMENT]
        ).fetchone()
        if row and row[0] != here:
            for table, column in _ADDRESSES:
                database.execute(
                    f"UPDATE {table} SET {column} = ? || substr({column}, ?) "  # noqa: S608
                    f"WHERE substr({column}, 1, ?) = ?",
                    [here, len(row[0]) + 1, len(row[0]), row[0]],
                )


@contextmanager
def _open(file: Path, patience: float) -> Iterator[sqlite3.Connection]:
    """Open a transaction that may write; it is committed at the end."""
    address = f"{file.resolve().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=patience)) as database, database:
            database.execute("BEGIN IMMEDIATE")
            yield database
    except sqlite3.Error as problem:
        raise StoreError(_sentence(file, problem)) from problem


def _sentence(file: Path, problem: sqlite3.Error) -> str:
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    cure = {
        sqlite3.SQLITE_BUSY: "Close what holds it; the next check records this attempt too.",
        sqlite3.SQLITE_READONLY: "Make it writable; the next check records this attempt too.",
        sqlite3.SQLITE_FULL: "Free some space; the next check records this attempt too.",
    }.get(code, "Move the file away: the next check makes a new one from the ledger.")
    return f"The MLflow store {file} cannot be written ({problem}). No attempt is lost. {cure}"
