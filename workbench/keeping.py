"""The commands around the loop: testing out, moving house, MLflow's pages, the doctor."""

from __future__ import annotations

from pathlib import Path

import click

from workbench import completion as shells
from workbench.desk import NotYet, open_course
from workbench.faults import end
from workbench.front import (
    exercise_argument,
    json_option,
    make_console,
    open_whole_desk,
    print_json,
)
from workbench.workspace import Workspace, find_workspace


@click.command("test-out")
@click.argument("stage", shell_complete=shells.stages)
@click.option("--undo", is_flag=True, help="Count the stage by its exercises again.")
def test_out(stage: str, undo: bool) -> None:
    """Count a stage as done once its last exercise is passed.

    STAGE is its number, its name, or the beginning of one. Points are those that you earn.
    """
    from workbench import testing_out

    desk = open_whole_desk()
    found, ledger = testing_out.find_stage(desk.course, stage), desk.workspace.ledger
    if undo:
        testing_out.undo(ledger, found)
        click.echo(f"{found.title} is counted by its exercises again.")
        return
    last = testing_out.declare(ledger, found)
    others = len(found.exercises) - 1
    click.echo(
        f"{found.title}: pass {last.id} ({last.title}) from now on, and the {others} before it "
        f"count{'s' * (others == 1)} as done. `workbench watch {last.id}` begins; "
        f"`workbench test-out {found.id} --undo` takes it back."
    )


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(file: Path) -> None:
    """Write your progress into one FILE, for another machine.

    In it are all attempts, what was handed in, and the files that you wrote or changed; not your
    backups. MLflow's runs are made again from the attempts.
    """
    from workbench.moving import pack

    packed = pack(open_whole_desk(), file)
    click.echo(
        f"{file} holds {packed.attempts} entries of the ledger and {packed.files} of your files. "
        f"There: `workbench start`, then `workbench import {file.name}`."
    )
    for name in packed.left_out:
        click.echo(f"Left out, since it is large, an archive or oddly named: {name}")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def import_(file: Path) -> None:
    """Take over the progress that `export` wrote into FILE.

    What you have changed here is kept as a backup first; attempts that are here stay.
    """
    from workbench.moving import unpack
    from workbench.starting import prepare_store

    desk = open_whole_desk()
    taken = unpack(desk, file)
    click.echo(f"Taken over: {taken.attempts} entries of the ledger, {taken.files} files.")
    for backup in taken.backups:
        click.echo(f"What was here is kept in {backup}.")
    for name in taken.left_out:
        click.echo(f"Left out, since this course has no such exercise: {name}")
    if taken.attempts:
        prepare_store(desk, make_console())


@click.command()
@exercise_argument
@click.option("--port", type=click.IntRange(1, 65535), help="Another port than MLflow's usual.")
def ui(name: str | None, port: int | None) -> None:
    """Open MLflow on your attempts, for this machine only.

    With an ID, on what your code itself logged when it was last checked.
    """
    from workbench.ui import PORT, Shown, free_port, serve

    workspace, wanted = find_workspace(Path.cwd()), port or PORT
    if name:
        shown = Shown.logged(_logged(workspace, name))
    elif workspace.store.startswith("http"):
        click.echo(f"Your attempts are on {workspace.store}.")
        return
    else:
        shown = Shown.attempts(workspace)
    found = free_port(wanted)
    if found != wanted:
        click.echo(f"Port {wanted} is taken; {found} is free.")
    click.echo("MLflow is starting; this takes some seconds.")
    try:
        serve(
            workspace, shown, found, lambda address: click.echo(f"Open {address} - Ctrl-C ends it.")
        )
    except KeyboardInterrupt:
        end("MLflow has ended.", 130)


def _logged(workspace: Workspace, name: str) -> Path:
    exercise = open_course().find(name)
    folder = workspace.logged(exercise)
    if not folder.is_dir():
        raise NotYet(
            f"Your code has logged nothing in {exercise.id} yet. If it uses MLflow, "
            f"`workbench check {exercise.id}` lets it."
        )
    return folder


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Look for what keeps the workbench from working, with cures."""
    from workbench.doctor import examine, findings_document
    from workbench.screens import show_findings

    findings = examine(Path.cwd())
    if as_json:
        print_json(findings_document(findings))
    else:
        show_findings(findings, make_console())
    raise click.exceptions.Exit(int(any(found.status == "problem" for found in findings)))


@click.command()
@click.argument("shell", metavar="[SHELL]", type=click.Choice(list(shells.KEEPING)), required=False)
@click.pass_context
def completion(context: click.Context, shell: str | None) -> None:
    """Have your shell complete commands, options and exercises.

    Without SHELL (bash, zsh or fish), say how it is set up; with one, print its script.
    """
    whole = context.find_root().command
    click.echo(shells.script(shell, whole) if shell else shells.advice())


KEEPING = (test_out, export, import_, ui, doctor, completion)
"""In the order of the help."""
