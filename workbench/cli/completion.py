"""Completion in the learner's shell: what is offered, and how it is set up. Imports no rich."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from workbench.course import Course

PROGRAM = "workbench"
# The script is written down, not evaluated at each start of the shell: there the command is not
# on the path until its environment is activated.
KEEPING = {
    "bash": "workbench completion bash >> ~/.bashrc",
    "zsh": "workbench completion zsh >> ~/.zshrc",
    "fish": "workbench completion fish > ~/.config/fish/completions/workbench.fish",
}
"""By shell, the line that sets its completion up."""


def exercises(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the exercises whose ids begin so."""
    course = _course()
    return _offer([(each.id, each.title) for each in course or ()], begun)


def stages(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the stages whose ids begin so."""
    course = _course()
    return _offer([(stage.id, stage.title) for stage in course.stages] if course else [], begun)


def script(shell: str, command: click.Command) -> str:
    """Write the script that makes a shell ask the command for what may follow."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None, "click knows each shell that we name"
    return made(command, {}, PROGRAM, f"_{PROGRAM.upper()}_COMPLETE").source()


def advice() -> str:
    """Say how completion is set up in the shell that the learner uses."""
    used = PurePath(os.environ.get("SHELL", "")).name
    lines = [KEEPING[used]] if used in KEEPING else list(KEEPING.values())
    which = "this" if len(lines) == 1 else "the line of your shell"
    told = "\n".join(f"  {line}" for line in lines)
    return f"Run {which} once, then open a new shell:\n\n{told}"


def _course() -> Course | None:
    """Load the course; None where it cannot be read: a key press is no place for complaints."""
    from workbench.declarations import CourseError
    from workbench.workspace.desk import open_course

    try:
        return open_course()
    except (CourseError, OSError):
        return None


def _offer(known: Sequence[tuple[str, str]], begun: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name, help=about) for name, about in known if name.startswith(begun)]
