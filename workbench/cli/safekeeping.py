"""The commands around the learner's own files: a newer version of them, and the way back."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.front import json_option, make_console, open_whole_desk, print_json
from workbench.course import Course, Exercise, UnknownExercise
from workbench.workspace.desk import open_course
from workbench.workspace.folder import Workspace, WorkspaceError, find_workspace


@click.command()
@click.argument("name", metavar="[ID]", required=False)
@click.option("--diff", is_flag=True, help="Show what is new; change nothing.")
@click.option("--discard", is_flag=True, help="Keep your files; the new versions wait no longer.")
@json_option
def merge(name: str | None, diff: bool, discard: bool, as_json: bool) -> None:
    """List newer versions of your files; with an ID, merge.

    Merging takes over what the course changed in files that you changed as well; a backup is made
    first. Exit status 1: something is left for you to settle.
    """
    from workbench.reports import kept
    from workbench.workspace import renewal

    if name is None:
        if diff or discard:
            raise click.UsageError("--diff and --discard need an ID as well.")
        _list_waiting(as_json)
        return
    if as_json or (diff and discard):
        raise click.UsageError("With an ID, give --diff, --discard or neither; --json lists.")
    desk, console = open_whole_desk(), make_console()
    exercise = desk.course.find(name)
    if diff:
        kept.show_news(exercise, renewal.waiting(desk.workspace, [exercise]), console)
    elif discard:
        kept.show_discarded(exercise, renewal.discard_waiting(desk.workspace, exercise), console)
    else:
        merging = renewal.merge_waiting(desk.workspace, exercise)
        kept.show_merging(exercise, merging, console)
        raise click.exceptions.Exit(int(not merging.is_clean))


def _list_waiting(as_json: bool) -> None:
    from workbench.reports import kept
    from workbench.workspace.renewal import waiting

    desk = open_whole_desk()
    found = waiting(desk.workspace, desk.course)
    if as_json:
        print_json(kept.waiting_document(found))
    else:
        kept.show_waiting(found, make_console())


@click.command()
@click.argument("name", metavar="[ID]", required=False)
@json_option
def backups(name: str | None, as_json: bool) -> None:
    """List the backups of your files, and what each was made before."""
    from workbench.reports import kept
    from workbench.workspace.backups import backups

    workspace = find_workspace(Path.cwd())
    found = backups(workspace)
    if name is not None:
        known = {backup.exercise for backup in found}
        wanted = name if name in known else open_course().find(name).id
        found = tuple(backup for backup in found if backup.exercise == wanted)
    if as_json:
        print_json(kept.backups_document(workspace, found))
    else:
        kept.show_backups(found, make_console())


@click.command()
@click.argument("name", metavar="ID")
@click.argument("number", type=click.IntRange(1), required=False)
def restore(name: str, number: int | None) -> None:
    """Bring a backup back; what is there is kept as another.

    NUMBER is as `backups` lists it. Without one, it is the last that was made before a reset, a
    merge or an import.
    """
    from workbench.reports import kept
    from workbench.workspace.backups import find_backup
    from workbench.workspace.renewal import bring_back

    workspace = find_workspace(Path.cwd())
    exercise = _find(open_course(), workspace, name)
    backup = find_backup(workspace, exercise.id, number)
    kept.show_restored(backup, bring_back(workspace, exercise, backup), make_console())


def _find(course: Course, workspace: Workspace, name: str) -> Exercise:
    """Find an exercise; where the course no longer has it, its backups are told all the same."""
    from workbench.workspace.backups import backups

    try:
        return course.find(name)
    except UnknownExercise:
        kept = [backup.folder for backup in backups(workspace) if backup.exercise == name]
        if not kept:
            raise
        raise WorkspaceError(
            f"The course no longer has {name}; nothing was changed. The backup is a folder, to "
            f"copy from: {kept[-1]}"
        ) from None


SAFEKEEPING = (merge, backups, restore)
"""In the order of the help."""
