"""The learner's copy of the course. What a learner wrote is never lost."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import __version__
from workbench.attempts import Ledger
from workbench.course import Course, Exercise
from workbench.durable import Busy, exclusive, sync_folder, write_whole

if TYPE_CHECKING:
    from workbench.flights.table import Flights

VERSION = 1
HOME = ".workbench"
JUDGES_FILES = frozenset({"exercise.toml", "checks.py", "hints.md", "after.md"})


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

    def deliver(self, course: Course) -> None:
        """Bring what is missing and renew what the learner has not touched; lock first."""
        delivered = self._delivered()
        for exercise in course:
            for name, data in material(exercise).items():
                self._deliver_file(self.folder(exercise) / name, data, delivered)
        self._note(delivered)

    def deliver_sample(self, exercise: Exercise, flights: Flights) -> None:
        """Write the exercise's sample of flights where it is missing; lock first."""
        if self.lacks_sample(exercise):
            sample = exercise.sample
            frame = flights.read(sample["columns"], sample["weeks"])
            data: bytes = frame.to_parquet(None, index=False)
            self._write(self.folder(exercise) / sample["file"], data)

    def lacks_sample(self, exercise: Exercise) -> bool:
        """Whether the exercise has a sample that is not there yet."""
        return (
            bool(exercise.sample) and not (self.folder(exercise) / exercise.sample["file"]).exists()
        )

    def back_up(self, exercise: Exercise) -> Path:
        """Copy the exercise's folder, without its sample, and return the copy; lock first."""
        name = f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%f}_{exercise.id}"
        unwanted = shutil.ignore_patterns("__pycache__", exercise.sample.get("file", ""))
        draft, backup = self._scratch / name, self.home / "backups" / name
        folder = self.folder(exercise)
        folder.mkdir(parents=True, exist_ok=True)  # the learner may have thrown it away
        shutil.copytree(folder, draft, symlinks=True, ignore=unwanted, copy_function=_copy)
        return _move(draft, backup)

    def restore(self, exercise: Exercise) -> None:
        """Put the exercise's own files back; back up and lock first."""
        delivered = self._delivered()
        for name, data in material(exercise).items():
            path = self.folder(exercise) / name
            self._write(path, data)
            delivered[self._key(path)] = _digest(data)
        self._note(delivered)

    def draft_snapshot(self, attempt: str, files: Mapping[str, bytes]) -> Path:
        """Copy submitted files into a folder that is swept unless it is kept; lock first."""
        draft = self._scratch / attempt
        for name, data in files.items():
            self._write(draft / name, data)
        return draft

    def keep_snapshot(self, attempt: str) -> Path:
        """Keep the snapshot of an attempt for ever."""
        return _move(self._scratch / attempt, self.submission(attempt))

    def drop_snapshot(self, attempt: str) -> None:
        """Remove the snapshot of an attempt that was not recorded."""
        shutil.rmtree(self.submission(attempt), ignore_errors=True)

    def submission(self, attempt: str) -> Path:
        """Where the files of an attempt are kept."""
        return self.home / "submissions" / attempt

    @property
    def _scratch(self) -> Path:
        return self.home / "scratch"

    def _sweep(self) -> None:
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _deliver_file(self, path: Path, data: bytes, delivered: dict[str, str]) -> None:
        key, new = self._key(path), _digest(data)
        present = _digest(path.read_bytes()) if path.exists() else None
        if present in (None, delivered.get(key)) and present != new:
            self._write(path, data)
            present = new
        if present == new:
            delivered[key] = new

    def _write(self, path: Path, data: bytes) -> None:
        write_whole(path, data, scratch=self._scratch)

    def _key(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _delivered(self) -> dict[str, str]:
        """Digests of the files as they were delivered: any other content is the learner's."""
        return dict(_read_note(self.root).get("delivered", {}))

    def _note(self, delivered: Mapping[str, str]) -> None:
        note = {"version": VERSION, "course": __version__, "delivered": dict(delivered)}
        self._write(self.home / "workspace.json", json.dumps(note, indent=1).encode())


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
    _refuse_nesting(root)
    workspace = Workspace(root)
    if not (workspace.home / "workspace.json").exists():
        with workspace.lock():
            workspace._note({})
    _read_note(root)
    return workspace


def material(exercise: Exercise) -> dict[str, bytes]:
    """Read what a learner gets: the README, the starters and whatever else the author put there.

    Not the judge's files, and nothing whose name begins with a dot or an underscore.
    """
    paths = sorted(path for path in exercise.folder.rglob("*") if path.is_file())
    names = {path: path.relative_to(exercise.folder) for path in paths}
    return {
        name.as_posix(): path.read_bytes()
        for path, name in names.items()
        if name.as_posix() not in JUDGES_FILES and not any(p[0] in "._" for p in name.parts)
    }


def _enclosing(start: Path) -> Path | None:
    folders = (start, *start.parents)
    return next((f for f in folders if (f / HOME / "workspace.json").is_file()), None)


def _refuse_nesting(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise WorkspaceError(f"{root} is a file. Give the name of a new folder.")
    outer = _enclosing(root.parent)
    if outer:
        raise WorkspaceError(
            f"{root} lies inside the workspace {outer}. Go there, or choose a folder outside it."
        )


def _read_note(root: Path) -> dict[str, Any]:
    path = root / HOME / "workspace.json"
    try:
        note: dict[str, Any] = json.loads(path.read_bytes())
        version = int(note["version"])
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
    return note


def _move(draft: Path, final: Path) -> Path:
    final.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(final)
    sync_folder(final.parent)
    return final


def _copy(source: str, target: str) -> None:
    with Path(source).open("rb") as old, Path(target).open("wb") as new:
        shutil.copyfileobj(old, new)
        new.flush()
        os.fsync(new.fileno())
    shutil.copystat(source, target)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
