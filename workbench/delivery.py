"""What a workspace gets from the course: brought, renewed, put back; never over learner's work."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workbench.attempts import Attempt
from workbench.course import Course, Exercise
from workbench.editor import editor_files
from workbench.flights.calendar import week_start
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbench.flights.table import Flights

JUDGES_FILES = frozenset({"exercise.toml", "checks.py", "hints.md", "after.md"})


def deliver(workspace: Workspace, course: Course) -> None:
    """Bring what is missing, and renew what the learner has not touched; lock first."""
    delivered = workspace.delivered()
    for exercise in course:
        for name, data in material(exercise).items():
            key = key_of(workspace, exercise, name)
            delivered[key] = _settle(workspace, key, data, delivered.get(key, ""))
    for key, data in editor_files().items():
        delivered[key] = _settle(workspace, key, data, delivered.get(key, ""))
    workspace.note(delivered)


def start_over(workspace: Workspace, exercise: Exercise) -> str:
    """Bring the starter back and write that down; return where the learner's files are kept."""
    with workspace.lock():
        backup = workspace.back_up(exercise)
        restore(workspace, exercise)
    kept = backup.relative_to(workspace.root).as_posix()
    workspace.ledger.append(Attempt("reset", exercise.id, details={"backup": kept}))
    return kept


def restore(workspace: Workspace, exercise: Exercise) -> None:
    """Put the exercise's own files back; back up and lock first."""
    delivered = workspace.delivered()
    for name, data in material(exercise).items():
        key = key_of(workspace, exercise, name)
        workspace.write(key, data)
        delivered[key] = _digest(data)
    workspace.note(delivered)


def deliver_sample(workspace: Workspace, exercise: Exercise, flights: Flights) -> None:
    """Write the rows that the learner may look at; lock first."""
    sample = exercise.sample
    read = _weather if sample.get("table") == "weather" else _flights
    rows = read(flights, sample)
    data: bytes = rows.to_parquet(None, index=False)
    workspace.write(key_of(workspace, exercise, sample["file"]), data)


def _flights(flights: Flights, sample: Mapping[str, Any]) -> DataFrame:
    return flights.read(sample["columns"], sample["weeks"])


def _weather(flights: Flights, sample: Mapping[str, Any]) -> DataFrame:
    import pandas as pd

    days = map(week_start, sample["weeks"])
    return pd.concat(
        [flights.weather(sample["columns"], day, day + timedelta(weeks=1)) for day in days]
    )


def lacks_sample(workspace: Workspace, exercise: Exercise) -> bool:
    """Whether the exercise has a sample that is not there yet."""
    folder, sample = workspace.folder(exercise), exercise.sample
    return bool(sample) and not (folder / sample["file"]).exists()


def material(exercise: Exercise) -> dict[str, bytes]:
    """Read what a learner gets: the README, the starters, and what else the author put there.

    Not the judge's files, and nothing whose name begins with a dot or an underscore.
    """
    names = {path: path.relative_to(exercise.folder) for path in exercise.folder.rglob("*")}
    return {
        name.as_posix(): path.read_bytes()
        for path, name in sorted(names.items())
        if path.is_file()
        and name.as_posix() not in JUDGES_FILES
        and not any(part[0] in "._" for part in name.parts)
    }


def _settle(workspace: Workspace, key: str, data: bytes, delivered: str) -> str:
    """Write a file unless the learner changed it; return the digest of what was delivered.

    A file that is not as it was delivered is the learner's, whatever the course now has.
    """
    path, new = workspace.root / key, _digest(data)
    present = _digest(path.read_bytes()) if path.exists() else ""
    if present == new:
        return new
    if present and present != delivered:
        return delivered
    workspace.write(key, data)
    return new


def key_of(workspace: Workspace, exercise: Exercise, name: str) -> str:
    """Name a file of an exercise as :meth:`Workspace.delivered` does."""
    return (workspace.folder(exercise) / name).relative_to(workspace.root).as_posix()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
