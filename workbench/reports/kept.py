"""What waits, what was merged, and which backups there are, on a terminal or for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from workbench.course import Exercise
from workbench.reports.beside import show_beside
from workbench.workspace.backups import Backup
from workbench.workspace.delivery import beside
from workbench.workspace.folder import Workspace
from workbench.workspace.merging import BETWEEN, MINE, NEW, Merged
from workbench.workspace.renewal import Merging, Waiting


def waiting_document(found: Iterable[Waiting]) -> dict[str, Any]:
    """Tell which newer versions wait, as plain JSON data; no conflicts: it cannot be merged."""
    return {
        "schema_version": 1,
        "waiting": [
            {
                "exercise": each.exercise.id,
                "file": each.name,
                "conflicts": len(merged.conflicts) if (merged := each.merged) else None,
                "obstacle": each.obstacle,
            }
            for each in found
        ],
    }


def backups_document(workspace: Workspace, found: Iterable[Backup]) -> dict[str, Any]:
    """Tell which backups there are, as plain JSON data."""
    return {
        "schema_version": 1,
        "backups": [
            {
                "exercise": backup.exercise,
                "number": backup.number,
                "time": backup.time.isoformat(),
                "why": backup.why,
                "folder": backup.folder.relative_to(workspace.root).as_posix(),
                "files": list(backup.files),
            }
            for backup in found
        ],
    }


def show_news_at_start(found: Sequence[Waiting], console: Console) -> None:
    """Write one line, if newer versions wait."""
    if found:
        names = ", ".join(dict.fromkeys(each.exercise.id for each in found))
        console.print(
            f"\nA newer version waits beside files that you changed, in {names}. "
            "`workbench merge` lists them; your files are as you left them.",
            soft_wrap=True,
        )


def show_waiting(found: Sequence[Waiting], console: Console) -> None:
    """Write which newer versions wait, and what a merge would make of each."""
    if not found:
        console.print("No newer version waits: nothing is to be merged.")
        return
    table = _grid()
    for each in found:
        table.add_row(each.exercise.id, each.name, _prospect(each))
    console.print(table)
    name = found[0].exercise.id
    console.print(
        f"\nYour files are as you left them; the new version lies beside each, as "
        f"{beside(found[0].name)}.\n"
        f"  workbench merge {name} --diff      shows what is new\n"
        f"  workbench merge {name}             takes it over into your file, after a backup\n"
        f"  workbench merge {name} --discard   keeps your file as it is",
        soft_wrap=True,
    )


def show_news(exercise: Exercise, found: Sequence[Waiting], console: Console) -> None:
    """Write what the course changed since a file was delivered, else how it differs."""
    if not found:
        _say_nothing_waits(exercise, console)
    for each in found:
        old = each.mine if each.base is None else each.base
        name = "yours" if each.base is None else "as it was delivered"
        if old is None or each.new is None:
            console.print(f"{each.name} is not text: there is nothing to show.")
        else:
            names = f"{each.name}, {name}", f"{each.name}, new"
            show_beside(old, each.new, names, console)


def show_merging(exercise: Exercise, merging: Merging, console: Console) -> None:
    """Write what was merged and how, what is left to do, and the way back."""
    if not (merging.merged or merging.left):
        _say_nothing_waits(exercise, console)
    for each, merged in merging.merged:
        console.print(f"{each.name}: {_outcome(merged)}", soft_wrap=True)
    for each in merging.left:
        console.print(
            f"{each.name}: not merged, since {each.obstacle}. Take what you want from "
            f"{beside(each.name)} by hand, then run `workbench merge {exercise.id} --discard`.",
            soft_wrap=True,
        )
    if any(merged.conflicts for _, merged in merging.merged):
        console.print(
            f"\nIn a conflict, you and the course changed the same lines. It is marked so:\n"
            f"  {MINE}\n  (your lines)\n  {BETWEEN}\n  (the course's lines)\n  {NEW}\n"
            "Keep what is right, and delete the three marks. Until then the file cannot run.",
            soft_wrap=True,
        )
    if merging.backup:
        console.print(
            f"\n`workbench check {exercise.id}` then tells whether it works. "
            f"{_way_back(merging.backup)}",
            soft_wrap=True,
        )


def show_discarded(exercise: Exercise, found: Sequence[Waiting], console: Console) -> None:
    """Write what is kept as it is."""
    if not found:
        _say_nothing_waits(exercise, console)
    for each in found:
        console.print(f"{each.name} stays as you have it; the new version waits no longer.")


def show_backups(found: Sequence[Backup], console: Console) -> None:
    """Write which backups there are, and how one is brought back."""
    if not found:
        console.print(
            "There are no backups. One is made before each reset, merge, restore and import."
        )
        return
    table = _grid()
    for backup in found:
        when = f"{backup.time.astimezone():%Y-%m-%d %H:%M:%S}"
        table.add_row(backup.exercise, str(backup.number), when, f"before {_cause(backup)}")
    console.print(table)
    last = found[-1]
    console.print(
        f"\n`workbench restore {last.exercise} {last.number}` brings that one back, and backs up "
        "what is there first.",
        soft_wrap=True,
    )


def show_restored(backup: Backup, before: Backup | None, console: Console) -> None:
    """Write what was brought back, and the way back."""
    if before is None:
        console.print(
            f"Your files of {backup.exercise} are as in backup {backup.number} already; nothing "
            "was changed."
        )
        return
    when = f"{backup.time.astimezone():%Y-%m-%d %H:%M:%S}"
    console.print(
        f"Your files of {backup.exercise} are as they were on {when}, before {_cause(backup)}. "
        f"{_way_back(before)}",
        soft_wrap=True,
    )


def _outcome(merged: Merged) -> str:
    if not merged.conflicts:
        return "merged, without conflicts."
    lines = ", ".join(map(str, merged.conflicts))
    return f"merged, with {_conflicts(merged)} for you to settle; see line {lines}."


def _prospect(waiting: Waiting) -> str:
    merged = waiting.merged
    if merged is None:
        return f"cannot be merged: {waiting.obstacle}"
    return f"merges with {_conflicts(merged)}" if merged.conflicts else "merges without conflicts"


def _conflicts(merged: Merged) -> str:
    count = len(merged.conflicts)
    return f"{count} conflict{'s' * (count > 1)}"


def _way_back(backup: Backup) -> str:
    return f"To go back: `workbench restore {backup.exercise} {backup.number}`."


def _say_nothing_waits(exercise: Exercise, console: Console) -> None:
    console.print(f"No newer version of your files of {exercise.id} waits; nothing was changed.")


def _cause(backup: Backup) -> str:
    return f"{'an' if backup.why == 'import' else 'a'} {backup.why}"


def _grid() -> Table:
    return Table(box=None, show_header=False, pad_edge=False, padding=(0, 3, 0, 0))
