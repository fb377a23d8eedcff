"""The command: one subcommand, one short function. Heavy imports stay inside them."""

from __future__ import annotations

from pathlib import Path

import click

from workbench import __version__
from workbench.author.cli import app as author
from workbench.cli.faults import PlainSpoken, end
from workbench.cli.front import (
    exercise_argument,
    json_option,
    make_console,
    open_whole_desk,
    print_json,
    problems_option,
)
from workbench.cli.keeping import KEEPING
from workbench.cli.safekeeping import SAFEKEEPING
from workbench.judging.isolation import LEVELS
from workbench.workspace.attempts import Attempt
from workbench.workspace.desk import Desk, NotYet, open_course, usual_folder
from workbench.workspace.folder import NoWorkspace, make_workspace
from workbench.workspace.progress import progress


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
    from workbench.cli.checking import check_first
    from workbench.cli.screens import show_brief, show_next, show_way
    from workbench.cli.starting import prepare
    from workbench.reports.kept import show_news_at_start
    from workbench.workspace.renewal import waiting

    desk = Desk(open_course(), make_workspace(folder or usual_folder()))
    prepare(desk, make_console())
    if desk.attempts or desk.next is None:
        show_next(desk, make_console())
    else:
        show_brief(desk.workspace, desk.next, make_console())
        check_first(desk.workspace, desk.next)
        show_way(desk.workspace, desk.next, make_console())
    show_news_at_start(waiting(desk.workspace, desk.course), make_console())


@app.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the exercises, and how far you are."""
    from workbench.cli.screens import course_document, show_course

    try:
        desk = open_whole_desk()
        course, done = desk.course, desk.progress
    except NoWorkspace:
        course = open_course()
        done = progress((), course)
    if as_json:
        print_json(course_document(course, done))
    else:
        show_course(course, done, make_console())


@app.command("next")
@json_option
def next_(as_json: bool) -> None:
    """Show the brief of the exercise that comes next."""
    from workbench.cli.screens import next_document, show_next

    desk = open_whole_desk()
    if as_json:
        print_json(next_document(desk))
    else:
        show_next(desk, make_console())


@app.command()
@exercise_argument
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
@json_option
@problems_option
def check(
    name: str | None,
    submission: Path | None,
    seed: int | None,
    isolation: str,
    as_json: bool,
    problems: bool,
) -> None:
    """Judge your work and record the attempt.

    Exit status: 0 passed, 1 not yet, 2 usage or a fault of ours.
    """
    from workbench.cli.checking import check_folder, check_workspace
    from workbench.cli.feedback import praise_stage
    from workbench.judging import PRACTICE_SEED

    seed = PRACTICE_SEED if seed is None else seed
    if problems and (submission or as_json):
        raise click.UsageError("--problems goes with your own files, and without --json.")
    if submission is None:
        if isolation != LEVELS[0]:
            raise click.UsageError("--isolation goes with --submission.")
        desk = open_whole_desk()
        exercise = desk.choose(name, Path.cwd())
        result = check_workspace(desk.workspace, exercise, seed, as_json, problems)
        praise = praise_stage(Desk(desk.course, desk.workspace), exercise)
        if praise and result.exit_status == 0 and not as_json:
            click.echo(praise)
    elif name is None:
        raise click.UsageError("--submission needs the exercise's id as well.")
    else:
        result = check_folder(open_course().find(name), submission, seed, as_json, isolation)
    raise click.exceptions.Exit(result.exit_status)


@app.command()
@exercise_argument
@problems_option
def watch(name: str | None, problems: bool) -> None:
    """Judge your work as you save it, until you quit.

    Keys open hints, the list and the page of an attempt. Without a terminal, lines do: an empty
    one asks for a check.
    """
    from workbench.watching.watch import watch

    desk = open_whole_desk()
    try:
        watch(desk, desk.choose(name, Path.cwd()), make_console(), problems)
    except KeyboardInterrupt:
        end("Watching has ended; what was judged is recorded.", 130)


@app.command()
@exercise_argument
@click.option("--task", type=int, help="Number of the task in the README.")
def hint(name: str | None, task: int | None) -> None:
    """Open the next hint; hints are free.

    Each task has three: a question, the concept, a skeleton.
    """
    from workbench.cli.screens import show_markdown
    from workbench.hints import open_hint

    desk = open_whole_desk()
    show_markdown(open_hint(desk, desk.choose(name, Path.cwd()), task), make_console())


@app.command()
@exercise_argument
@click.option("--give-up", is_flag=True, help="Open it before a pass; this is recorded.")
@click.option("--diff", is_flag=True, help="Show your own file beside it.")
def solution(name: str | None, give_up: bool, diff: bool) -> None:
    """Show a solution, after a pass or when you give up."""
    from workbench.cli.screens import show_solution, show_solution_beside

    desk = open_whole_desk()
    exercise = desk.choose(name, Path.cwd())
    passed = desk.progress[exercise.id].state == "passed"
    if not (passed or give_up):
        raise NotYet(
            f"The solution opens after a pass. `workbench hint {exercise.id}` helps on; "
            f"`workbench solution {exercise.id} --give-up` opens it now and is recorded."
        )
    details = {"gave_up": not passed}
    desk.workspace.ledger.append(Attempt("solution", exercise.id, details=details))
    if diff:
        show_solution_beside(desk.workspace, exercise, make_console())
    else:
        show_solution(exercise, make_console())


@app.command()
@exercise_argument
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def reset(name: str | None, yes: bool) -> None:
    """Bring a starter back; your files are kept as a backup."""
    from workbench.workspace.delivery import start_over

    desk = open_whole_desk()
    exercise = desk.choose(name, Path.cwd())
    if not yes:
        click.confirm(f"Replace your files of {exercise.id} by the starter?", abort=True)
    kept = start_over(desk.workspace, exercise)
    click.echo(
        f"The starter of {exercise.id} is back; your files are kept in {kept}. "
        f"`workbench restore {exercise.id}` brings them back."
    )


for _command in (*SAFEKEEPING, *KEEPING, author):
    app.add_command(_command)
