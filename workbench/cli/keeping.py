"""The commands around the loop: testing out, moving house, pages, MLflow, the doctor."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from workbench.cli import completion as shells
from workbench.cli.faults import end
from workbench.cli.front import (
    exercise_argument,
    json_option,
    make_console,
    open_whole_desk,
    print_json,
)
from workbench.workspace.desk import Desk, NotYet


@click.command("test-out")
@click.argument("stage", shell_complete=shells.stages)
@click.option("--undo", is_flag=True, help="Count the stage by its exercises again.")
def test_out(stage: str, undo: bool) -> None:
    """Count a stage as done once its last exercise is passed.

    STAGE is its number, its name, or the beginning of one. Points are those that you earn.
    """
    from workbench.workspace import testing_out

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
    from workbench.workspace.moving import pack

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
    from workbench.cli.starting import prepare_store
    from workbench.workspace.moving import unpack

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
@click.argument("what", metavar="[progress|portfolio|ID]", default="progress")
@click.option("--name", help="With portfolio: your name, as it should read.")
@click.option("--open", "show", is_flag=True, help="Open it in your browser.")
def page(what: str, name: str | None, show: bool) -> None:
    """Write a page to look at, and print where it is.

    progress: your points by stage, and what comes next; without a word, this one. portfolio:
    what you passed, to show to others. ID: your last attempt at that exercise.
    """
    from workbench.reports.pages import show_page

    if name is not None and what != "portfolio":
        raise click.UsageError("--name goes with portfolio.")
    written = _write(open_whole_desk(), what, name or "")
    click.echo(written)
    if sys.stdout.isatty() and not show:  # a program that reads the path gets nothing else
        named = "" if what != "portfolio" or name else " --name 'YOUR NAME'"
        click.echo(f"`workbench page {what}{named} --open` shows it in your browser.")
    if show and not show_page(written):
        end("No browser can be opened from here; open the page yourself.", 1)


def _write(desk: Desk, what: str, name: str) -> Path:
    from workbench.reports.pages import write_page, write_portfolio, write_progress

    if what == "progress":
        return write_progress(desk.workspace)
    if what == "portfolio":
        return write_portfolio(desk.workspace, name)
    exercise = desk.course.find(what)
    made = desk.workspace.ledger.latest(exercise.id, 1)
    if not made:
        raise NotYet(
            f"{exercise.id} has not been judged yet: `workbench check {exercise.id}` comes first."
        )
    return write_page(desk.workspace, made[0].id)


@click.command()
@exercise_argument
@click.option("--port", type=click.IntRange(1, 65535), help="Another port than MLflow's usual.")
def ui(name: str | None, port: int | None) -> None:
    """Open MLflow on your attempts, for this machine only.

    With an ID, on what your code itself logged when it was last checked.
    """
    from workbench.cli.ui import PORT, Shown, free_port, serve
    from workbench.reports.class_server import is_server

    desk, wanted = open_whole_desk(), port or PORT
    if name:
        shown = Shown.logged(_logged(desk, name))
    elif is_server(desk.workspace.store):
        _show_class_server(desk)
        return
    else:
        shown = Shown.attempts(desk, _experiment(desk))
    found = free_port(wanted)
    if found != wanted:
        click.echo(f"Port {wanted} is taken; {found} is free.")
    click.echo("MLflow is starting; this takes some seconds.")

    def show(address: str) -> None:
        _show_pages(address, shown.pages)
        click.echo("Open one; Ctrl-C ends MLflow.")

    try:
        serve(desk.workspace, shown, found, show)
    except KeyboardInterrupt:
        end("MLflow has ended.", 130)


def _show_class_server(desk: Desk) -> None:
    """Point to a server that runs elsewhere; one that is too old for views has its usual page."""
    from workbench.cli.ui import attempts_pages
    from workbench.reports.class_server import server_version, without_credentials
    from workbench.reports.views import SINCE

    views = server_version(desk.workspace.store) >= SINCE
    pages = attempts_pages(desk, _experiment(desk), views=views)
    _show_pages(without_credentials(desk.workspace.store).rstrip("/"), pages)


def _experiment(desk: Desk) -> str:
    """Bring MLflow up to the ledger; return the experiment's number, or nothing when that fails."""
    from workbench.practice import find_recorded

    with make_console().status("Bringing MLflow up to date"):
        experiment, problem = find_recorded(desk.workspace)
    if problem:
        click.echo(f"MLflow does not have your newest attempts: {problem}", err=True)
    return experiment


def _show_pages(address: str, pages: Mapping[str, str]) -> None:
    width = max(map(len, pages))
    for shows, page in pages.items():
        click.echo(f"{shows:{width}}  {address}/{page}")


def _logged(desk: Desk, name: str) -> Path:
    exercise = desk.course.find(name)
    folder = desk.workspace.logged(exercise)
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
    from workbench.cli.doctor import examine, findings_document
    from workbench.cli.screens import show_findings

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


KEEPING = (test_out, export, import_, page, ui, doctor, completion)
"""In the order of the help."""
