"""Backups of an exercise's files: made before anything of the learner's is replaced."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from workbench.course import Exercise
from workbench.workspace.durable import move_whole, write_whole
from workbench.workspace.folder import Workspace, WorkspaceError
from workbench.workspace.noted import Digests, within

NOTE = ".workbench-backup.json"
_VERSION = 1
_TIME = "%Y-%m-%dT%H%M%S.%f"
_EARLIER = "reset or import"  # earlier workbenches kept a backup before these, and no note


@dataclass(frozen=True)
class Backup:
    """The files of an exercise as they were.

    Parameters
    ----------
    exercise
        Id of the exercise; the course need no longer have it.
    number
        The exercise's first backup is 1.
    why
        What it was made before: ``reset``, ``merge``, ``restore`` or ``import``.
    delivered
        What the files went back to, by name, as :class:`Noted` has it.
    """

    exercise: str
    number: int
    time: datetime
    why: str
    folder: Path
    delivered: Digests

    @property
    def files(self) -> dict[str, Path]:
        """The files that were kept, by name."""
        found = {p.relative_to(self.folder).as_posix(): p for p in self.folder.rglob("*")}
        return {
            name: path
            for name, path in sorted(found.items())
            if path.is_file() and not path.is_symlink() and name != NOTE
        }


def back_up(workspace: Workspace, exercise: Exercise, why: str) -> Backup:
    """Copy the exercise's folder, without its sample; lock first.

    Raises
    ------
    WorkspaceError
        Naming what cannot be copied.
    """
    name = f"{datetime.now(UTC):{_TIME}}_{exercise.id}"
    draft, folder = workspace.scratch / name, workspace.folder(exercise)
    folder.mkdir(parents=True, exist_ok=True)  # the learner may have thrown it away
    left_out = shutil.ignore_patterns("__pycache__", exercise.sample.get("file", ""), NOTE)
    try:
        shutil.copytree(folder, draft, symlinks=True, ignore=left_out, copy_function=_copy)
    except shutil.Error as problem:
        source, _, reason = problem.args[0][0]
        raise WorkspaceError(
            f"{source} cannot be backed up ({reason}); nothing was changed. Mend this first."
        ) from problem
    key = folder.relative_to(workspace.root).as_posix()
    delivered = within(workspace.noted().delivered, key)
    note = {"version": _VERSION, "why": why, "delivered": delivered}
    write_whole(draft / NOTE, json.dumps(note).encode(), scratch=workspace.scratch)
    made = move_whole(draft, workspace.backups / name)
    return next(backup for backup in backups(workspace) if backup.folder == made)


def backups(workspace: Workspace) -> tuple[Backup, ...]:
    """List all backups, oldest first."""
    return tuple(_numbered(workspace)) if workspace.backups.is_dir() else ()


def find_backup(workspace: Workspace, exercise: str, number: int | None) -> Backup:
    """Find a backup by its number, else the last that was not made by restoring another.

    Raises
    ------
    WorkspaceError
        When there is none.
    """
    found = [backup for backup in backups(workspace) if backup.exercise == exercise]
    if not found:
        raise WorkspaceError(
            f"There is no backup of {exercise}; nothing was changed. One is made before each "
            "reset, merge, restore and import."
        )
    chosen = [b for b in found if (b.number == number if number else b.why != "restore")]
    if not chosen:
        raise WorkspaceError(
            f"{exercise} has no such backup; nothing was changed. "
            f"`workbench backups {exercise}` lists them."
        )
    return chosen[-1]


def _numbered(workspace: Workspace) -> Iterator[Backup]:
    count: Counter[str] = Counter()
    for folder in sorted(workspace.backups.iterdir()):
        backup = _read(folder)
        if backup:
            count[backup.exercise] += 1
            yield replace(backup, number=count[backup.exercise])


def _read(folder: Path) -> Backup | None:
    """Read a backup; None for a folder of somebody else's."""
    stamp, _, exercise = folder.name.partition("_")
    try:
        time = datetime.strptime(stamp, _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    why, delivered = _read_note(folder / NOTE)
    return Backup(exercise, 0, time, why, folder, delivered)


def _read_note(path: Path) -> tuple[str, Digests]:
    """Read what was noted; where there is nothing, or it is damaged, the files count as well."""
    try:
        note = json.loads(path.read_bytes())
        return str(note["why"]), dict(note["delivered"])
    except (OSError, ValueError, KeyError, TypeError):
        return _EARLIER, {}


def _copy(source: str, target: str) -> None:
    shutil.copyfile(source, target)
    with Path(target).open("rb+") as file:
        os.fsync(file.fileno())
    shutil.copystat(source, target)
