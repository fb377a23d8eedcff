"""What can be expected to go wrong, said in one sentence, with a status."""

from __future__ import annotations

import errno
from typing import Any, NoReturn

import click

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_DISK = "The disk is full; no file is half-written. Make room, then run the command again."
_INTERRUPTED = "Interrupted; no file is half-written. Run the command again when you like."


class PlainSpoken(click.Group):
    """A group of commands that ends each expected fault with a sentence on standard error.

    Status 1: the learner has something left to do. 2: usage, or our fault. 130: Ctrl-C.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """List the commands in the order in which a learner meets them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            end(_INTERRUPTED, 130)
        except click.Abort:
            end("Nothing was changed.", 1)
        except _to_do() as problem:
            end(str(problem), 1)
        except _expected() as problem:
            end(str(problem), 2)
        except OSError as problem:
            end(about(problem), 2)


def end(sentence: str, status: int) -> NoReturn:
    """End the command with a sentence on standard error."""
    click.echo(sentence, err=True)
    raise click.exceptions.Exit(status)


def _to_do() -> tuple[type[Exception], ...]:
    """List what waits for the learner; like all faults, imported only when one has come up."""
    from workbench.judging.submission import SubmissionError
    from workbench.workspace.desk import NotYet

    return NotYet, SubmissionError


def _expected() -> tuple[type[Exception], ...]:
    from workbench.cli.ui import ServerError
    from workbench.course import UnknownExercise
    from workbench.declarations import CourseError
    from workbench.flights.errors import FlightsError
    from workbench.hints import UnknownTask
    from workbench.judging.isolation import IsolationError
    from workbench.practice import NotRecorded
    from workbench.reports.class_server import ServerProblem
    from workbench.reports.pages import PageError
    from workbench.workspace.archive import ArchiveError
    from workbench.workspace.attempts import LedgerError
    from workbench.workspace.folder import WorkspaceError
    from workbench.workspace.testing_out import NoTestOut

    ours = (CourseError, UnknownExercise, WorkspaceError, LedgerError, NotRecorded)
    asked = (NoTestOut, UnknownTask, ArchiveError)
    outside = (FlightsError, IsolationError, PageError, ServerError, ServerProblem)
    return *ours, *asked, *outside


def about(problem: OSError) -> str:
    """Say what the system refused, and what to do."""
    if problem.errno in _FULL:
        return _FULL_DISK
    where = f"{problem.filename}: " if problem.filename else ""
    return f"{where}{problem.strerror or problem}. Mend this, then run the command again."
