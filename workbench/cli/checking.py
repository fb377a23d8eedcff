"""A check on the screen: what runs, the verdict, and then the record of the attempt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from workbench.cli.faults import end
from workbench.cli.feedback import offer_hint
from workbench.cli.screens import show_verdict
from workbench.course import Exercise
from workbench.judging import PRACTICE_SEED
from workbench.judging.grade import OnCheck, grade
from workbench.judging.submission import SubmissionError
from workbench.practice import NotRecorded, attempt, record, record_later
from workbench.reports.problems import EditorLines
from workbench.reports.terminal import LiveChecks, console
from workbench.results import Result
from workbench.workspace.folder import Workspace


def check_workspace(
    workspace: Workspace,
    exercise: Exercise,
    seed: int,
    as_json: bool = False,
    problems: bool = False,
) -> Result:
    """Judge the learner's files, write the attempt down, show the verdict, then tell MLflow.

    Parameters
    ----------
    problems
        Also write a line for each fault that has a place in the learner's code.

    Raises
    ------
    NotRecorded
        After the verdict was shown, when it could not be written down.
    """
    screen = _Screen(exercise, None if as_json else console())
    editor = EditorLines(exercise, workspace.folder(exercise), click.echo)
    try:
        with screen.live() as on_check:
            result = attempt(workspace, exercise, seed=seed, on_check=on_check)
    except NotRecorded as problem:
        screen.show(problem.result)
        raise
    except SubmissionError as problem:
        if problems:
            editor.refused(problem)
        raise
    screen.show(result)
    if problems:
        editor.judged(result)
    screen.offer_hint(workspace)
    _record(workspace, screen)
    return result


def check_folder(
    exercise: Exercise, folder: Path, seed: int, as_json: bool = False, isolation: str = "process"
) -> Result:
    """Judge the files in a folder, and show the verdict."""
    screen = _Screen(exercise, None if as_json else console())
    with screen.live() as on_check:
        result = grade(exercise, folder, seed=seed, isolation=isolation, on_check=on_check)
    screen.show(result)
    return result


def check_first(workspace: Workspace, exercise: Exercise) -> None:
    """Judge the untouched starter: it shows a verdict, and that all works on this machine."""
    click.echo("\nA first check, of the starter as it is:\n")
    if check_workspace(workspace, exercise, PRACTICE_SEED).exit_status == 2:
        raise click.exceptions.Exit(2)


class _Screen:
    """Where a check is shown: on a console, or without one as a JSON document at the end."""

    def __init__(self, exercise: Exercise, console: Console | None) -> None:
        self._exercise = exercise
        self._console = console

    @contextmanager
    def live(self) -> Iterator[OnCheck | None]:
        """Show each check as it ends."""
        if self._console is None:
            yield None
        else:
            with LiveChecks(self._exercise, self._console) as shown:
                yield shown.on_check

    def show(self, result: Result) -> None:
        """Show the verdict."""
        if self._console is None:
            click.echo(json.dumps(result.public()))
        else:
            show_verdict(result, self._exercise, self._console)

    def offer_hint(self, workspace: Workspace) -> None:
        """Say which hint comes next to a learner who is stuck."""
        if self._console is not None:
            name = self._exercise.id
            help_ = offer_hint(workspace.ledger, self._exercise, f"`workbench hint {name}`")
            self._console.print(help_, end="\n" * bool(help_), soft_wrap=True)

    @property
    def is_terminal(self) -> bool:
        """Whether somebody waits at a prompt."""
        return self._console is not None and self._console.is_terminal


def _record(workspace: Workspace, screen: _Screen) -> None:
    """Tell MLflow; on a terminal in the background, and what went wrong at the next check."""
    try:
        reason = record_later(workspace) if screen.is_terminal else record(workspace)
    except KeyboardInterrupt:
        end("Interrupted; your attempt is recorded, MLflow catches up at the next check.", 130)
    if reason and screen.is_terminal:
        click.echo(f"Earlier attempts were not told to MLflow, which is tried again: {reason}")
    elif reason:
        told = "Your attempt is recorded in the ledger; MLflow will catch up at the next check"
        click.echo(f"{told}: {reason}", err=True)
