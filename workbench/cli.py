"""The command: one subcommand, one short function. Heavy imports stay inside them."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from workbench import __version__
from workbench.attempts import Attempt, LedgerError, Progress, progress
from workbench.course import Course, CourseError, Exercise, UnknownExercise, load_course
from workbench.paths import course_root
from workbench.workspace import (
    NoWorkspace,
    Workspace,
    WorkspaceError,
    find_workspace,
    make_workspace,
)

if TYPE_CHECKING:
    from rich.console import Console

    from workbench.judging.grade import OnCheck
    from workbench.results import Result

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class NotYet(Exception):
    """Something that opens later."""


class _Commands(TyperGroup):
    """Turns what can be expected to go wrong into one sentence and a status."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            _fail("Interrupted; no file is half-written. Run the command again when you like.", 130)
        except typer.Abort:
            _fail("Nothing was changed.", 1)
        except _not_yet() as problem:
            _fail(str(problem), 1)
        except _expected() as problem:
            _fail(str(problem), 2)
        except OSError as problem:
            _fail(_about(problem), 2)


app = typer.Typer(cls=_Commands, no_args_is_help=True, add_completion=False)

Name = Annotated[
    str | None,
    typer.Argument(metavar="[ID]", help="Id or its beginning; default: this folder's, or next."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"workbench {__version__}")
        raise typer.Exit


@app.callback()
def workbench(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True)] = (
        False
    ),
) -> None:
    """Learn MLOps by doing it: exercises on a real year of flights, judged by behaviour."""


@app.command()
def start(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Where to work.")] = None,
) -> None:
    """Make a workspace, or bring a workspace up to date; your files stay as they are."""
    from workbench.starting import prepare_flights, prepare_store

    course = _course()
    workspace = make_workspace(folder or _usual_folder())
    with workspace.lock():
        workspace.deliver(course)
        prepare_flights(workspace, course, _console())
    prepare_store(workspace, _console())
    _console().print(f"Your workspace is {workspace.root}\n")
    _show_next(workspace, course)
    if not Path.cwd().is_relative_to(workspace.root):
        _console().print(f"First: cd {os.path.relpath(workspace.root)}")


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the exercises and how far you are."""
    from workbench.screens import course_document, show_course

    course = _course()
    try:
        done = _progress(find_workspace(Path.cwd()), course)
    except NoWorkspace:
        done = progress((), course)
    if as_json:
        return _print_json(course_document(course, done))
    return show_course(course, done, _console())


@app.command("next")
def next_(as_json: Json = False) -> None:
    """Show the brief of the exercise that comes next."""
    course = _course()
    workspace = find_workspace(Path.cwd())
    if as_json:
        from workbench.screens import exercise_document

        done = _progress(workspace, course)
        exercise = _first_open(course, done)
        _print_json(exercise and exercise_document(exercise, done[exercise.id]))
    else:
        _show_next(workspace, course)


@app.command()
def check(
    name: Name = None,
    submission: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Judge the files in DIR; nothing is recorded."),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the judge's world.")] = None,
    as_json: Json = False,
) -> None:
    """Judge your work and record the attempt. Status: 0 passed, 1 not yet, 2 could not judge."""
    if submission:
        result = _judge_folder(name, submission, seed, as_json)
    else:
        result = _judge_workspace(name, seed, as_json)
    raise typer.Exit(result.exit_status)


@app.command()
def hint(
    name: Name = None,
    task: Annotated[int | None, typer.Option(help="Number of the task in the README.")] = None,
) -> None:
    """Open the next hint: a question, then the concept, then a skeleton. Hints are free."""
    from workbench.hints import next_hint
    from workbench.screens import show_markdown

    workspace, exercise = _here(name)
    taken = next_hint(exercise, _attempts(workspace), task)
    if taken.rung:
        details = {"task": taken.task, "rung": taken.rung}
        workspace.ledger.append(Attempt("hint", exercise.id, details=details))
    show_markdown(taken.text, _console())


@app.command()
def solution(
    name: Name = None,
    give_up: Annotated[bool, typer.Option("--give-up", help="Before a pass; recorded.")] = False,
) -> None:
    """Show a solution, after a pass or when you give up."""
    from workbench.screens import show_solution

    workspace, exercise = _here(name)
    passed = _progress(workspace, _course())[exercise.id].state == "passed"
    if not (passed or give_up):
        raise NotYet(
            f"The solution opens after a pass. `workbench hint {exercise.id}` helps on; "
            f"`workbench solution {exercise.id} --give-up` opens it now and is recorded."
        )
    details = {"gave_up": not passed}
    workspace.ledger.append(Attempt("solution", exercise.id, details=details))
    show_solution(exercise, _console())


@app.command()
def reset(
    name: Name = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Bring an exercise's starter back; what you wrote is kept as a backup."""
    workspace, exercise = _here(name)
    if not yes:
        typer.confirm(f"Replace your files of {exercise.id} by the starter?", abort=True)
    with workspace.lock():
        backup = workspace.back_up(exercise)
        workspace.restore(exercise)
    kept = backup.relative_to(workspace.root).as_posix()
    workspace.ledger.append(Attempt("reset", exercise.id, details={"backup": kept}))
    typer.echo(f"The starter of {exercise.id} is back; your files are kept in {kept}.")


@app.command()
def ui(port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None) -> None:
    """Open MLflow's pages on your attempts, on this machine only."""
    from workbench.ui import PORT, free_port, serve

    workspace = find_workspace(Path.cwd())
    if workspace.store.startswith("http"):
        return typer.echo(f"Your attempts are on {workspace.store}.")
    wanted = port or PORT
    found = free_port(wanted)
    if found != wanted:
        typer.echo(f"Port {wanted} is taken; {found} is free.")
    typer.echo("MLflow is starting; this takes a few seconds.")
    return serve(workspace, found, lambda url: typer.echo(f"Open {url} - Ctrl-C ends it."))


@app.command()
def doctor(as_json: Json = False) -> None:
    """Look for what could keep the workbench from working, and name the cures."""
    from workbench.doctor import examine, findings_document
    from workbench.screens import show_findings

    findings = examine(Path.cwd())
    if as_json:
        _print_json(findings_document(findings))
    else:
        show_findings(findings, _console())
    raise typer.Exit(int(any(finding.status == "problem" for finding in findings)))


def _course() -> Course:
    """Load the course: ours, or the one whose folder WORKBENCH_COURSE names."""
    return load_course(Path(os.environ.get("WORKBENCH_COURSE") or course_root()))


def _usual_folder() -> Path:
    try:
        return find_workspace(Path.cwd()).root
    except NoWorkspace:
        return Path("flight-desk")


def _here(name: str | None) -> tuple[Workspace, Exercise]:
    """Find the workspace, and the exercise: by name, by the current folder, or the next one."""
    course, workspace = _course(), find_workspace(Path.cwd())
    if name:
        return workspace, course.find(name)
    around = (e for e in course if Path.cwd().is_relative_to(workspace.folder(e)))
    found = next(around, None) or _first_open(course, _progress(workspace, course))
    if found is None:
        raise NotYet("Every exercise is done. Name one: `workbench list` shows them all.")
    return workspace, found


def _attempts(workspace: Workspace) -> tuple[Attempt, ...]:
    ledger = workspace.ledger
    if ledger.ends_torn():
        typer.echo(
            f"The last line of {ledger.path} is cut off: one attempt may be missing. The line "
            "stays there; all other attempts are whole.",
            err=True,
        )
    return ledger.read()


def _progress(workspace: Workspace, course: Course) -> Mapping[str, Progress]:
    return progress(_attempts(workspace), course)


def _first_open(course: Course, done: Mapping[str, Progress]) -> Exercise | None:
    """Find the first exercise that is not done, those whose groundwork is done before others."""
    left = [exercise for exercise in course if not done[exercise.id].done]
    ready = [e for e in left if all(done[id_].done for id_ in e.after if id_ in done)]
    return next(iter(ready + left), None)


def _show_next(workspace: Workspace, course: Course) -> None:
    from workbench.screens import show_brief

    exercise = _first_open(course, _progress(workspace, course))
    if exercise is None:
        return typer.echo("Every exercise is done. `workbench ui` shows your way here.")
    return show_brief(exercise, workspace.folder(exercise), _console())


def _judge_folder(name: str | None, folder: Path, seed: int | None, quiet: bool) -> Result:
    from workbench.judging.grade import grade

    if name is None or not folder.is_dir():
        lacks = "the exercise's id" if name is None else f"a folder: {folder} is none"
        raise typer.BadParameter(f"--submission needs {lacks}.")
    exercise = _course().find(name)
    with _live(exercise, quiet) as on_check:
        result = grade(exercise, folder, seed=_seed(seed), on_check=on_check)
    _show(result, exercise, quiet)
    return result


def _judge_workspace(name: str | None, seed: int | None, quiet: bool) -> Result:
    from workbench.practice import NotRecorded, attempt

    workspace, exercise = _here(name)
    try:
        with _live(exercise, quiet) as on_check:
            result = attempt(workspace, exercise, seed=_seed(seed), on_check=on_check)
    except NotRecorded as problem:
        _show(problem.result, exercise, quiet)
        raise
    _show(result, exercise, quiet)
    _record(workspace)
    return result


def _record(workspace: Workspace) -> None:
    """Tell MLflow, after the verdict is on the screen."""
    from workbench.practice import record

    try:
        reason = record(workspace)
    except KeyboardInterrupt:
        _fail("Interrupted; your attempt is recorded, MLflow catches up at the next check.", 130)
    if reason:
        typer.echo(
            f"Your attempt is recorded in the ledger; MLflow will catch up at the next check: "
            f"{reason}",
            err=True,
        )


def _seed(given: int | None) -> int:
    from workbench.judging import PRACTICE_SEED

    return PRACTICE_SEED if given is None else given


@contextmanager
def _live(exercise: Exercise, quiet: bool) -> Iterator[OnCheck | None]:
    if quiet:
        yield None
        return
    from workbench.reports.terminal import LiveChecks

    with LiveChecks(exercise, _console()) as live:
        yield live.on_check


def _show(result: Result, exercise: Exercise, quiet: bool) -> None:
    from workbench.reports.terminal import show_result
    from workbench.screens import show_markdown

    if quiet:
        return _print_json(result.public())
    show_result(result, exercise, _console())
    if result.exit_status == 0:
        show_markdown("\n" + exercise.text("after.md"), _console())
    return None


def _console() -> Console:
    from workbench.reports.terminal import console

    return console()


def _print_json(document: object) -> None:
    typer.echo(json.dumps(document))


def _not_yet() -> tuple[type[Exception], ...]:
    from workbench.judging.submission import SubmissionError

    return NotYet, SubmissionError


def _expected() -> tuple[type[Exception], ...]:
    """List what may go wrong; imported only when something has."""
    from workbench.flights.errors import FlightsError
    from workbench.hints import UnknownTask
    from workbench.judging.isolation import IsolationError
    from workbench.practice import NotRecorded
    from workbench.ui import ServerError

    ours = (CourseError, UnknownExercise, WorkspaceError, LedgerError)
    return *ours, FlightsError, UnknownTask, IsolationError, NotRecorded, ServerError


def _about(problem: OSError) -> str:
    if problem.errno in _FULL:
        return "The disk is full; no file is half-written. Make room, then run the command again."
    where = f"{problem.filename}: " if problem.filename else ""
    return f"{where}{problem.strerror or problem}. Mend this, then run the command again."


def _fail(sentence: str, status: int) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(status)
