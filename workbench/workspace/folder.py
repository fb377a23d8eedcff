"""The learner's copy of the course. What a learner wrote is never lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workbench import __version__
from workbench.course import Exercise
from workbench.workspace.attempts import Ledger
from workbench.workspace.durable import Busy, exclusive, move_whole, write_whole
from workbench.workspace.noted import Noted

VERSION = 1
HOME = ".workbench"
_NOTE = "workspace.json"
_ODD = "%?"  # they mean something in the address of a store


class WorkspaceError(Exception):
    """Something about the workspace that the learner can mend: what, and the next step."""


class NoWorkspace(WorkspaceError):
    """There is no workspace here."""


@dataclass(frozen=True)
class Workspace:
    """A folder with the learner's files, and ``.workbench/`` with what the workbench keeps."""

    root: Path

    @property
    def home(self) -> Path:
        """Where the ledger, the submissions, the backups and the MLflow store are."""
        return self.root / HOME

    @property
    def ledger(self) -> Ledger:
        """The attempts made here."""
        return Ledger(self.home / "attempts.jsonl")

    @property
    def store(self) -> str:
        """Address of the MLflow store; ``MLFLOW_TRACKING_URI`` goes before ours."""
        ours = f"sqlite:///{(self.home / 'mlflow.db').as_posix()}"
        return os.environ.get("MLFLOW_TRACKING_URI") or ours

    @property
    def unrecorded(self) -> Path:
        """Where the recorder says why MLflow does not have the newest attempts; else no file."""
        return self.home / "not-recorded.txt"

    @property
    def backups(self) -> Path:
        """Where the backups are, a folder each."""
        return self.home / "backups"

    @property
    def scratch(self) -> Path:
        """Where drafts are; whoever locks the workspace empties it."""
        return self.home / "scratch"

    def logged(self, exercise: Exercise) -> Path:
        """Where the judge keeps what the last attempt logged with MLflow; else no folder."""
        return self.home / "logged" / exercise.id

    def folder(self, exercise: Exercise) -> Path:
        """Where the learner works on an exercise; a renumbered stage keeps its old folder."""
        usual = self.root / exercise.path
        older = () if usual.exists() else sorted(self.root.glob(f"[0-9]*/{exercise.id}"))
        return older[0] if older else usual

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only one who changes the workspace.

        Raises
        ------
        WorkspaceError
            When another command is at work here.
        """
        try:
            with exclusive(self.home / "lock"):
                self._sweep()
                try:
                    yield
                finally:
                    self._sweep()
        except Busy:
            raise WorkspaceError(
                "Another workbench command is at work in this workspace; nothing was changed. "
                "Wait until it ends, then try again."
            ) from None

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the workspace, whole or not at all; lock first."""
        write_whole(self.root / name, data, scratch=self.scratch)

    def noted(self) -> Noted:
        """What was delivered here."""
        return _read_note(self.root)

    def note(self, noted: Noted) -> None:
        """Write what this workspace is, and what was delivered to it; lock first."""
        note = {"version": VERSION, "course": __version__, **noted.to_plain()}
        self.write(f"{HOME}/{_NOTE}", json.dumps(note, indent=1).encode())

    def draft_snapshot(self, attempt: str, files: Mapping[str, bytes]) -> Path:
        """Copy submitted files into a folder that is swept unless it is kept; lock first."""
        draft = self.scratch / attempt
        for name, data in files.items():
            write_whole(draft / name, data, scratch=self.scratch)
        return draft

    def keep_snapshot(self, attempt: str) -> Path:
        """Keep the snapshot of an attempt for ever."""
        return move_whole(self.scratch / attempt, self.submission(attempt))

    def drop_snapshot(self, attempt: str) -> None:
        """Remove the snapshot of an attempt that was not recorded."""
        shutil.rmtree(self.submission(attempt), ignore_errors=True)

    def submission(self, attempt: str) -> Path:
        """Where the files of an attempt are kept."""
        return self.home / "submissions" / attempt

    def _sweep(self) -> None:
        shutil.rmtree(self.scratch, ignore_errors=True)


def find_workspace(start: Path) -> Workspace:
    """Find the workspace that ``start`` lies in.

    Raises
    ------
    NoWorkspace
        When there is none.
    WorkspaceError
        When this workbench cannot read it.
    """
    root = _enclosing(start)
    if root is None:
        raise NoWorkspace(
            "There is no workspace here. `workbench start` makes one; if you have one, go there."
        )
    _read_note(root)
    return Workspace(root)


def make_workspace(root: Path) -> Workspace:
    """Make an empty workspace, or open the one that is there.

    Raises
    ------
    WorkspaceError
        When there cannot be one.
    """
    root = root.resolve()
    _refuse_odd_places(root)
    workspace = Workspace(root)
    if not (workspace.home / _NOTE).exists():
        with workspace.lock():
            workspace.note(Noted())
    _read_note(root)
    return workspace


def _enclosing(start: Path) -> Path | None:
    folders = (start, *start.parents)
    return next((f for f in folders if (f / HOME / _NOTE).is_file()), None)


def _refuse_odd_places(root: Path) -> None:
    odd = "".join(sorted(set(str(root)) & set(_ODD)))
    if odd:
        raise WorkspaceError(
            f"{root} holds {' and '.join(odd)}, which an address of MLflow's store cannot. "
            "Choose a folder without."
        )
    if root.exists() and not root.is_dir():
        raise WorkspaceError(f"{root} is a file. Give the name of a new folder.")
    outer = _enclosing(root.parent)
    if outer:
        raise WorkspaceError(
            f"{root} lies inside the workspace {outer}. Go there, or choose a folder outside it."
        )


def _read_note(root: Path) -> Noted:
    path = root / HOME / _NOTE
    try:
        note = json.loads(path.read_bytes())
        version, noted = int(note["version"]), Noted.from_plain(note)
    except (ValueError, KeyError, TypeError) as problem:
        raise WorkspaceError(
            f"{path} is damaged. Delete it and run `workbench start {root}`: your files and "
            "attempts stay as they are."
        ) from problem
    if version > VERSION:
        raise WorkspaceError(
            f"This workspace was made by a newer workbench (version {version}; this one knows "
            f"{VERSION}); nothing was changed. Upgrade with `pip install -U mlops-workbench`."
        )
    return noted
