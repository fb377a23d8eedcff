"""The command: one subcommand, one short function. Heavy imports stay inside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench import __version__
from workbench.attempts import Attempt, progress
from workbench.author.cli import app as author
from workbench.desk import Desk, NotYet, open_course, open_desk, usual_folder
from workbench.faults import PlainSpoken, end
from workbench.judging.isolation import LEVELS
from workbench.workspace import NoWorkspace, find_workspace, make_workspace

if TYPE_CHECKING:
    from rich.console import Console


_exercise = click.argument("name", metavar="[ID]", required=False)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group(cls=PlainSpoken, invoke_without_command=True)
@click.version_option(__version__, prog_name="workbench", message="%(prog)s %(version)s")
@click.pass_context
def app(context: click.Context) -> None:
    """Learn MLOps by doing it, on a real year of flights, judged by behaviour.

    ID is an exercise's name or its beginning. Without one, it is the exercise whose folder you
    are in, else the next.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@app.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
def start(folder: Path | None) -> None:
    """Make a workspace, or renew it; your files stay as they are.

    A new workspace ends in the brief of its first exercise and a first check.
    """
    from workbench.checking import check_first
    from workbench.screens import show_brief, show_next, show_way
    from workbench.starting import prepare

    desk = Desk(open_course(), make_workspace(folder or usual_folder()))
    prepare(desk, _console())
    if desk.attempts or desk.next is None:
        show_next(desk, _console())
        return
    show_brief(desk.workspace, desk.next, _console())
    check_first(desk.workspace, desk.next)
    show_way(desk.workspace, desk.next, _console())


@app.command("list")
@_json
def list_(as_json: bool) -> None:
    """List the exercises, and how far you are."""
    from workbench.screens import course_document, show_course

    try:
        desk = _open_desk()
        course, done = desk.course, desk.progress
    except NoWorkspace:
        course = open_course()
        done = progress((), course)
    if as_json:
        _print_json(course_document(course, done))
    else:
        show_course(course, done, _console())


@app.command("next")
@_json
def next_(as_json: bool) -> None:
    """Show the brief of the exercise that comes next."""
    from workbench.screens import next_document, show_next

    desk = _open_desk()
    if as_json:
        _print_json(next_document(desk))
    else:
        show_next(desk, _console())


@app.command()
@_exercise
@click.option(
    "--submission",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Judge the files in DIR; nothing is recorded.",
)
@click.option("--seed", type=int, help="Another seed than that of practice.")
@click.option(
    "--isolation",
    type=click.Choice(LEVELS),
    default=LEVELS[0],
    help="With --submission: sandbox for code that is not your own.",
)
@_json
def check(
    name: str | None, submission: Path | None, seed: int | None, isolation: str, as_json: bool
) -> None:
    """Judge your work and record the attempt.

    Exit status: 0 passed, 1 not yet, 2 usage or a fault of ours.
    """
    from workbench.checking import check_folder, check_workspace
    from workbench.judging import PRACTICE_SEED

    seed = PRACTICE_SEED if seed is None else seed
    if submission is None:
        if isolation != LEVELS[0]:
            raise click.UsageError("--isolation goes with --submission.")
        desk = _open_desk()
        result = check_workspace(desk.workspace, desk.choose(name, Path.cwd()), seed, as_json)
    elif name is None:
        raise click.UsageError("--submission needs the exercise's id as well.")
    else:
        result = check_folder(open_course().find(name), submission, seed, as_json, isolation)
    raise click.exceptions.Exit(result.exit_status)


@app.command()
@_exercise
@click.option("--task", type=int, help="Number of the task in the README.")
def hint(name: str | None, task: int | None) -> None:
    """Open the next hint; hints are free.

    Each task has three: a question, the concept, a skeleton.
    """
    from workbench.hints import next_hint
    from workbench.screens import show_markdown

    desk = _open_desk()
    exercise = desk.choose(name, Path.cwd())
    taken = next_hint(exercise, desk.attempts, task)
    if taken.rung:
        details = {"task": taken.task, "rung": taken.rung}
        desk.workspace.ledger.append(Attempt("hint", exercise.id, details=details))
    show_markdown(taken.text, _console())


@app.command()
@_exercise
@click.option("--give-up", is_flag=True, help="Open it before a pass; this is recorded.")
def solution(name: str | None, give_up: bool) -> None:
    """Show a solution, after a pass or when you give up."""
    from workbench.screens import show_solution

    desk = _open_desk()
    exercise = desk.choose(name, Path.cwd())
    passed = desk.progress[exercise.id].state == "passed"
    if not (passed or give_up):
        raise NotYet(
            f"The solution opens after a pass. `workbench hint {exercise.id}` helps on; "
            f"`workbench solution {exercise.id} --give-up` opens it now and is recorded."
        )
    details = {"gave_up": not passed}
    desk.workspace.ledger.append(Attempt("solution", exercise.id, details=details))
    show_solution(exercise, _console())


@app.command()
@_exercise
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def reset(name: str | None, yes: bool) -> None:
    """Bring a starter back; your files are kept as a backup."""
    from workbench.delivery import restore

    desk = _open_desk()
    exercise, workspace = desk.choose(name, Path.cwd()), desk.workspace
    if not yes:
        click.confirm(f"Replace your files of {exercise.id} by the starter?", abort=True)
    with workspace.lock():
        backup = workspace.back_up(exercise)
        restore(workspace, exercise)
    kept = backup.relative_to(workspace.root).as_posix()
    workspace.ledger.append(Attempt("reset", exercise.id, details={"backup": kept}))
    click.echo(f"The starter of {exercise.id} is back; your files are kept in {kept}.")


@app.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Another port than MLflow's usual.")
def ui(port: int | None) -> None:
    """Open MLflow on your attempts, for this machine only."""
    from workbench.ui import PORT, free_port, serve

    workspace, wanted = find_workspace(Path.cwd()), port or PORT
    if workspace.store.startswith("http"):
        click.echo(f"Your attempts are on {workspace.store}.")
        return
    found = free_port(wanted)
    if found != wanted:
        click.echo(f"Port {wanted} is taken; {found} is free.")
    click.echo("MLflow is starting; this takes some seconds.")
    try:
        serve(workspace, found, lambda address: click.echo(f"Open {address} - Ctrl-C ends it."))
    except KeyboardInterrupt:
        end("MLflow has ended.", 130)


@app.command()
@_json
def doctor(as_json: bool) -> None:
    """Look for what keeps the workbench from working, with cures."""
    from workbench.doctor import examine, findings_document
    from workbench.screens import show_findings

    findings = examine(Path.cwd())
    if as_json:
        _print_json(findings_document(findings))
    else:
        show_findings(findings, _console())
    raise click.exceptions.Exit(int(any(found.status == "problem" for found in findings)))


def _open_desk() -> Desk:
    """Open the desk; say so when the last attempt was cut off."""
    desk = open_desk()
    if desk.workspace.ledger.ends_torn():
        click.echo(
            f"The last line of {desk.workspace.ledger.path} is cut off: one entry is not whole. "
            "The line stays there, and all other entries count.",
            err=True,
        )
    return desk


def _console() -> Console:
    from workbench.reports.terminal import console

    return console()


def _print_json(document: object) -> None:
    click.echo(json.dumps(document))


app.add_command(author)
