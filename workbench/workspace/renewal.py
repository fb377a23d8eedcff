"""A newer course over a learner's own files: what waits, merging it, leaving it, going back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.course import Exercise
from workbench.workspace import deliveries
from workbench.workspace.backups import Backup, back_up
from workbench.workspace.delivery import beside, clear_beside, key_of, material, renew
from workbench.workspace.folder import Workspace
from workbench.workspace.merging import Merged, is_marked, merge
from workbench.workspace.noted import Noted, within


@dataclass(frozen=True)
class Waiting:
    """A file that the learner and the course both changed.

    Parameters
    ----------
    name, key
        Its name in the exercise's folder, and in the workspace.
    base, mine, new
        As it was delivered, as the learner has it, as the course has it; None: not there as text.
    """

    exercise: Exercise
    name: str
    key: str
    base: str | None
    mine: str | None
    new: str | None

    @property
    def obstacle(self) -> str:
        """Why it cannot be merged; empty when it can."""
        if self.mine is None or self.new is None:
            return "it is not UTF-8 text"
        if self.base is None:
            return "how it was delivered is not known: an earlier workbench did not keep it"
        if is_marked(self.mine):
            return "conflicts of an earlier merge are still marked in it"
        return ""

    @property
    def merged(self) -> Merged | None:
        """What a merge would make of it; None when it cannot be merged."""
        if self.base is None or self.mine is None or self.new is None or self.obstacle:
            return None
        return merge(self.base, self.mine, self.new)


@dataclass(frozen=True)
class Merging:
    """What was merged, what could not be, and the backup that was made before."""

    merged: tuple[tuple[Waiting, Merged], ...]
    left: tuple[Waiting, ...]
    backup: Backup | None

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left to the learner."""
        return not self.left and not any(merged.conflicts for _, merged in self.merged)


def waiting(workspace: Workspace, exercises: Iterable[Exercise]) -> tuple[Waiting, ...]:
    """List the files of which a newer version waits, in the course's order."""
    noted = workspace.noted()
    return tuple(found for exercise in exercises for found in _waiting(workspace, noted, exercise))


def merge_waiting(workspace: Workspace, exercise: Exercise) -> Merging:
    """Merge what can be merged, after a backup; the rest waits on.

    Killed in between, a file is merged or as it was, and what is not noted yet waits on.
    """
    with workspace.lock():
        found = waiting(workspace, [exercise])
        merged = tuple((each, made) for each in found if (made := each.merged))
        left = tuple(each for each in found if each.obstacle)
        if not merged:
            return Merging((), left, None)
        backup = back_up(workspace, exercise, "merge")
        for each, made in merged:
            workspace.write(each.key, made.text.encode())
        _settle(workspace, [each for each, _ in merged])
    return Merging(merged, left, backup)


def discard_waiting(workspace: Workspace, exercise: Exercise) -> tuple[Waiting, ...]:
    """Keep the learner's files as they are, and let the new versions wait no longer."""
    with workspace.lock():
        found = waiting(workspace, [exercise])
        if found:
            _settle(workspace, found)
    return found


def bring_back(workspace: Workspace, exercise: Exercise, backup: Backup) -> Backup | None:
    """Put the files of a backup back; files made since stay, and the course's own are renewed.

    Killed and run again, it goes on where it was.

    Returns
    -------
    Backup or None
        What was there before; None when that was the same.
    """
    with workspace.lock():
        folder = workspace.folder(exercise)
        changed = {
            name: data
            for name, data in _wanted(workspace, exercise, backup)
            if deliveries.digest(data) != deliveries.digest_at(folder / name)
        }
        if not changed:
            return None
        before = back_up(workspace, exercise, "restore")
        noted = workspace.noted()
        for name in changed.keys() & backup.delivered.keys():
            noted = noted.settled(key_of(workspace, exercise, name), backup.delivered[name])
        workspace.note(noted)
        for name, data in changed.items():
            workspace.write(key_of(workspace, exercise, name), data)
        renew(workspace, exercise)
    return before


def _waiting(workspace: Workspace, noted: Noted, exercise: Exercise) -> Iterator[Waiting]:
    for name, version in sorted(within(noted.waiting, key_of(workspace, exercise)).items()):
        key = key_of(workspace, exercise, name)
        path = workspace.root / key
        if deliveries.digest_at(path) not in ("", version):
            yield Waiting(
                *(exercise, name, key),
                base=_text(deliveries.read(workspace, noted.delivered.get(key, ""))),
                mine=_text(path.read_bytes()),
                new=_text(deliveries.read(workspace, version)),
            )


def _settle(workspace: Workspace, done: Iterable[Waiting]) -> None:
    noted = workspace.noted()
    for each in done:
        noted = noted.settled(each.key, noted.waiting[each.key])
    workspace.note(noted)
    for each in done:
        clear_beside(workspace, each.key)


def _wanted(
    workspace: Workspace, exercise: Exercise, backup: Backup
) -> Iterator[tuple[str, bytes]]:
    """List what a backup holds; what is not the learner's comes as the course has it now."""
    newest = material(exercise)
    for name, path in backup.files.items():
        data = path.read_bytes()
        is_the_courses = deliveries.is_kept(workspace, deliveries.digest(data))
        if is_the_courses and name in newest:
            yield name, newest[name]
        elif not (is_the_courses and name.endswith(beside(""))):
            yield name, data


def _text(data: bytes | None) -> str | None:
    try:
        return None if data is None else data.decode("utf-8")
    except UnicodeDecodeError:
        return None
