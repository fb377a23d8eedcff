"""What ``start`` prepares: the files, the flights, the samples, the MLflow store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from workbench.practice import record
from workbench.workspace.delivery import deliver, deliver_sample, lacks_sample
from workbench.workspace.desk import Desk

if TYPE_CHECKING:
    from workbench.flights.table import Flights


def prepare(desk: Desk, console: Console) -> None:
    """Bring what is missing; killed and run again, it goes on where it was."""
    with desk.workspace.lock():
        deliver(desk.workspace, desk.course)
        _prepare_flights(desk, console)
    if desk.attempts:  # otherwise the first check makes the store
        prepare_store(desk, console)


def prepare_store(desk: Desk, console: Console) -> None:
    """Bring MLflow up to the ledger, or say why that could not be done."""
    with console.status("Bringing MLflow up to date"):
        reason = record(desk.workspace)
    if reason:
        console.print(f"MLflow is not up to date, the next check tries again: {reason}")


def _prepare_flights(desk: Desk, console: Console) -> None:
    """Build the flights and each exercise's sample, where they are missing."""
    from workbench import flights

    lacking = [exercise for exercise in desk.course if lacks_sample(desk.workspace, exercise)]
    if lacking or not flights.status().ready:
        opened = _open_flights(console)
        for exercise in lacking:
            deliver_sample(desk.workspace, exercise, opened)


def _open_flights(console: Console) -> Flights:
    from workbench.flights.table import open_flights

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Opening the flights", total=1.0)
        return open_flights(
            progress=lambda text, share: bar.update(task, description=text, completed=share)
        )
