"""What the commands have in common: the desk that they open, and how they answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from workbench.cli.completion import exercises
from workbench.workspace.desk import Desk, open_desk

if TYPE_CHECKING:
    from rich.console import Console

exercise_argument = click.argument("name", metavar="[ID]", required=False, shell_complete=exercises)
problems_option = click.option(
    "--problems", is_flag=True, help="For editors: faults in your code as path:line: kind: text."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def open_whole_desk() -> Desk:
    """Open the desk; say so when the last attempt was cut off."""
    desk = open_desk()
    if desk.workspace.ledger.ends_torn():
        click.echo(
            f"The last line of {desk.workspace.ledger.path} is cut off: one entry is not whole. "
            "The line stays there, and all other entries count.",
            err=True,
        )
    return desk


def make_console() -> Console:
    """Make the console; rich is imported only where something is shown."""
    from workbench.reports.terminal import console

    return console()


def print_json(document: object) -> None:
    """Write a document on one line."""
    click.echo(json.dumps(document))
