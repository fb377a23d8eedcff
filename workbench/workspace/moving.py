"""Moving house: what a workspace's progress is, and how another workspace takes it over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.course import Exercise
from workbench.judging.submission import MAX_FILE
from workbench.workspace import deliveries
from workbench.workspace.archive import Archive, ArchiveError, is_plain, read_archive
from workbench.workspace.attempts import Attempt, read_line
from workbench.workspace.backups import back_up
from workbench.workspace.deliveries import digest, digest_at
from workbench.workspace.delivery import beside, deliver, key_of
from workbench.workspace.desk import Desk
from workbench.workspace.folder import Workspace


@dataclass(frozen=True)
class Packed:
    """What was packed, and the names of files that were not."""

    attempts: int
    files: int
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """What was taken over, where the files are that it replaced, and which had no place."""

    attempts: int
    files: int
    backups: tuple[str, ...]
    left_out: tuple[str, ...]


def pack(desk: Desk, target: Path) -> Packed:
    """Write the progress into a file.

    Raises
    ------
    ArchiveError
        When the file is there already, or there is too much.
    """
    workspace = desk.workspace
    lines = workspace.ledger.whole_lines()
    ids = [found[0].id for found in map(read_line, lines) if found]
    own = {exercise.id: dict(_own_files(workspace, exercise)) for exercise in desk.course}
    small = {id_: {n: p for n, p in named.items() if _fits(n, p)} for id_, named in own.items()}
    archive = Archive(
        ledger=b"\n".join(lines),
        submissions={id_: _read(dict(_ordinary(workspace.submission(id_)))) for id_ in ids},
        files={id_: _read(named) for id_, named in small.items()},
        bases={e.id: dict(_bases(workspace, e, small[e.id])) for e in desk.course},
    )
    archive.write(target)
    left_out = [
        path.relative_to(workspace.root).as_posix()
        for id_, named in own.items()
        for name, path in named.items()
        if name not in small[id_]
    ]
    return Packed(len(lines), sum(map(len, small.values())), tuple(left_out))


def unpack(desk: Desk, source: Path) -> Taken:
    """Take over the progress in a file; nothing is changed unless all of it is sound.

    Killed and run again, it goes on where it was: the ledger comes last.

    Raises
    ------
    ArchiveError
        Naming what is wrong with the file.
    LedgerError
        When a newer workbench wrote the ledger in it.
    """
    archive, workspace = read_archive(source), desk.workspace
    read = [_require_line(line) for line in archive.ledger.split(b"\n") if line.strip()]
    for attempt, _ in read:
        _require_handed_in(attempt, archive.submissions.get(attempt.id, {}))
    with workspace.lock():
        known = {attempt.id for attempt in workspace.ledger.read()}
        new = {a.id: (a, by) for a, by in read if a.id not in known}
        changed = {e.id: _changed(workspace, e, archive.files.get(e.id, {})) for e in desk.course}
        backups = [
            back_up(workspace, exercise, "import").folder
            for exercise in desk.course
            if any(_is_own(workspace, exercise, name) for name in changed[exercise.id])
        ]
        for exercise in desk.course:
            _note_bases(workspace, exercise, changed[exercise.id], archive)
            for name, data in changed[exercise.id].items():
                workspace.write(key_of(workspace, exercise, name), data)
        deliver(workspace, desk.course)
        for id_ in new:
            if id_ in archive.submissions and not workspace.submission(id_).exists():
                workspace.draft_snapshot(id_, archive.submissions[id_])
                workspace.keep_snapshot(id_)
        if new:
            workspace.ledger.extend([attempt.to_line(by) for attempt, by in new.values()])
    return Taken(
        attempts=len(new),
        files=sum(map(len, changed.values())),
        backups=tuple(path.relative_to(workspace.root).as_posix() for path in backups),
        left_out=tuple(sorted(set(archive.files) - set(changed))),
    )


def _require_line(line: bytes) -> tuple[Attempt, str]:
    found = read_line(line)
    if found is None:
        raise ArchiveError("The archive's ledger is damaged. Nothing was changed; export again.")
    return found


def _require_handed_in(attempt: Attempt, files: Mapping[str, bytes]) -> None:
    """Refuse files that are not those that were judged."""
    if any(attempt.files.get(name) != digest(data) for name, data in files.items()):
        raise ArchiveError(
            f"What the archive holds of attempt {attempt.id} is not what was judged. "
            "Nothing was changed; export again."
        )


def _changed(
    workspace: Workspace, exercise: Exercise, files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Choose the files that are not here yet as they are there."""
    return {
        name: data
        for name, data in files.items()
        if name != exercise.sample.get("file")
        and digest(data) != digest_at(_inside(workspace, exercise, name))
    }


def _inside(workspace: Workspace, exercise: Exercise, name: str) -> Path:
    """Find a file's place, and refuse one that a link in the workspace leads away."""
    path = workspace.folder(exercise) / name
    if not path.parent.resolve().is_relative_to(workspace.root.resolve()):
        raise ArchiveError(
            f"{path.parent} leads out of the workspace. Nothing was changed; remove that link."
        )
    return path


def _own_files(workspace: Workspace, exercise: Exercise) -> Iterator[tuple[str, Path]]:
    """List what the learner wrote or changed, by name."""
    sample = exercise.sample.get("file")
    for name, path in _ordinary(workspace.folder(exercise)):
        if name != sample and _is_own(workspace, exercise, name):
            yield name, path


def _ordinary(folder: Path) -> Iterator[tuple[str, Path]]:
    """List a folder's files by name: no links, nothing hidden, nothing that Python left."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        passed_over = any(part[0] == "." or part == "__pycache__" for part in parts)
        if path.is_file() and not path.is_symlink() and not passed_over:
            yield "/".join(parts), path


def _is_own(workspace: Workspace, exercise: Exercise, name: str) -> bool:
    """Tell whether a file is there, and not as it was delivered."""
    key, noted = key_of(workspace, exercise, name), workspace.noted()
    ours = noted.delivered.get(key), noted.waiting.get(key.removesuffix(beside("")))
    return digest_at(workspace.root / key) not in ("", *ours)


def _bases(
    workspace: Workspace, exercise: Exercise, names: Iterable[str]
) -> Iterator[tuple[str, bytes]]:
    """List the files as they were delivered, where that is kept."""
    delivered = workspace.noted().delivered
    for name in names:
        data = deliveries.read(workspace, delivered.get(key_of(workspace, exercise, name), ""))
        if data is not None:
            yield name, data


def _note_bases(
    workspace: Workspace, exercise: Exercise, names: Iterable[str], archive: Archive
) -> None:
    """Note what files that are taken over go back to: it may not be what was delivered here."""
    noted, bases = workspace.noted(), archive.bases.get(exercise.id, {})
    known = [name for name in names if name in bases]
    for name in known:
        kept = deliveries.keep(workspace, bases[name])
        noted = noted.settled(key_of(workspace, exercise, name), kept)
    if known:
        workspace.note(noted)


def _fits(name: str, path: Path) -> bool:
    return is_plain(name) and path.suffix != ".zip" and path.stat().st_size <= MAX_FILE


def _read(named: Mapping[str, Path]) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in named.items()}
