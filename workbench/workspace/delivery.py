"""What a workspace gets from the course: brought, renewed, put back; never over learner's work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.course import Course, Exercise
from workbench.flights.calendar import week_start
from workbench.workspace import deliveries
from workbench.workspace.attempts import Attempt
from workbench.workspace.backups import back_up
from workbench.workspace.editor import editor_files
from workbench.workspace.folder import Workspace
from workbench.workspace.noted import Noted, within

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbench.flights.table import Flights

JUDGES_FILES = frozenset({"exercise.toml", "checks.py", "hints.md", "after.md"})


def deliver(workspace: Workspace, course: Course) -> None:
    """Bring what is missing, and renew what the learner has not touched; lock first.

    Where the learner and the course both changed a file, the new version is laid beside it.
    """
    noted = workspace.noted()
    for exercise in course:
        noted = _renewed(workspace, noted, exercise)
    for key, data in editor_files().items():
        # the learner's to change; they name a Python, so a newer version is no news
        if deliveries.digest_at(workspace.root / key) in ("", noted.delivered.get(key, "")):
            workspace.write(key, data)
            noted = noted.settled(key, deliveries.digest(data))
    workspace.note(noted)


def renew(workspace: Workspace, exercise: Exercise) -> None:
    """Do the same for one exercise; lock first."""
    workspace.note(_renewed(workspace, workspace.noted(), exercise))


def _renewed(workspace: Workspace, noted: Noted, exercise: Exercise) -> Noted:
    known = within(noted.delivered, key_of(workspace, exercise))
    for name, data in material(exercise).items():
        key, new = key_of(workspace, exercise, name), deliveries.keep(workspace, data)
        # where nothing at all is noted, what lies here was made of what the course has
        base = noted.delivered.get(key, "" if known else new)
        noted = _settle(workspace, noted, key, data, base)
    return noted


def start_over(workspace: Workspace, exercise: Exercise) -> str:
    """Bring the starter back and write that down; return where the learner's files are kept."""
    with workspace.lock():
        backup = back_up(workspace, exercise, "reset")
        restore(workspace, exercise)
    kept = backup.folder.relative_to(workspace.root).as_posix()
    workspace.ledger.append(Attempt("reset", exercise.id, details={"backup": kept}))
    return kept


def restore(workspace: Workspace, exercise: Exercise) -> None:
    """Put the exercise's own files back; back up and lock first."""
    noted = workspace.noted()
    for name, data in material(exercise).items():
        key = key_of(workspace, exercise, name)
        workspace.write(key, data)
        noted = noted.settled(key, deliveries.keep(workspace, data))
    workspace.note(noted)
    for name in material(exercise):
        clear_beside(workspace, key_of(workspace, exercise, name))


def deliver_sample(workspace: Workspace, exercise: Exercise, flights: Flights) -> None:
    """Write the rows that the learner may look at, unless the learner changed them; lock first."""
    sample = exercise.sample
    read = _weather if sample.get("table") == "weather" else _flights
    rows = read(flights, sample)
    data: bytes = rows.to_parquet(None, index=False)
    key, noted = key_of(workspace, exercise, sample["file"]), workspace.noted()
    if key not in noted.delivered and _holds(workspace.root / key, rows):
        data = (workspace.root / key).read_bytes()  # by an earlier workbench: nothing was noted
    base = noted.delivered.get(key, "")
    noted = _settle(workspace, noted, key, data, base)
    workspace.note(noted.cut(key, _source_of(exercise)))


def _holds(path: Path, rows: DataFrame) -> bool:
    import pandas as pd

    try:
        return path.is_file() and pd.read_parquet(path).equals(rows)
    except (OSError, ValueError):
        return False


def _flights(flights: Flights, sample: Mapping[str, Any]) -> DataFrame:
    return flights.read(sample["columns"], sample["weeks"])


def _weather(flights: Flights, sample: Mapping[str, Any]) -> DataFrame:
    import pandas as pd

    days = map(week_start, sample["weeks"])
    return pd.concat(
        [flights.weather(sample["columns"], day, day + timedelta(weeks=1)) for day in days]
    )


def lacks_sample(workspace: Workspace, exercise: Exercise) -> bool:
    """Whether the exercise has a sample that is not there yet, or was cut from something else."""
    if not exercise.sample:
        return False
    key = key_of(workspace, exercise, exercise.sample["file"])
    cut = workspace.noted().samples.get(key)
    return cut != _source_of(exercise) or not (workspace.root / key).exists()


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


def key_of(workspace: Workspace, exercise: Exercise, name: str = "") -> str:
    """Name a file of an exercise, or its folder, as :class:`Noted` does."""
    return (workspace.folder(exercise) / name).relative_to(workspace.root).as_posix()


def beside(key: str) -> str:
    """Name the place of a new version; no tool takes it for one of its own files."""
    return f"{key}.new"


def clear_beside(workspace: Workspace, key: str) -> None:
    """Remove the new version that lies beside a file, unless the learner changed it."""
    path = workspace.root / beside(key)
    if deliveries.is_kept(workspace, deliveries.digest_at(path)):
        path.unlink()


def _settle(workspace: Workspace, noted: Noted, key: str, data: bytes, base: str) -> Noted:
    """Bring a file up to the course's version, or lay that beside a file of the learner's.

    A file that is not as it was delivered, `base`, is the learner's.
    """
    here, new = deliveries.digest_at(workspace.root / key), deliveries.digest(data)
    if here not in ("", new, base) and base != new:
        return _lay_beside(workspace, noted, key, data)
    if here in ("", base) and here != new:
        workspace.write(key, data)
    clear_beside(workspace, key)
    return noted.settled(key, new)


def _lay_beside(workspace: Workspace, noted: Noted, key: str, data: bytes) -> Noted:
    new, there = (
        deliveries.keep(workspace, data),
        deliveries.digest_at(workspace.root / beside(key)),
    )
    if there != new and (not there or deliveries.is_kept(workspace, there)):
        workspace.write(beside(key), data)
    return noted.awaiting(key, new)


def _source_of(exercise: Exercise) -> str:
    """Name what a sample is cut from: it is cut again only where that has changed."""
    return deliveries.digest(json.dumps(exercise.sample, sort_keys=True).encode())
