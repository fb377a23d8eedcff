"""What ``start`` prepares: the files, the flights, the samples, the MLflow store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from workbench.desk import Desk
from workbench.practice import record

if TYPE_CHECKING:
    from workbench.flights.table import Flights


def prepare(desk: Desk, console: Console) -> None:
    """Bring what is missing; killed and run again, it goes on where it was."""
    with desk.workspace.lock():
        desk.workspace.deliver(desk.course)
        _prepare_flights(desk, console)
    with console.status("Preparing the MLflow store"):
        reason = record(desk.workspace)
    if reason:
        console.print(f"The MLflow store is not ready, the next check tries again: {reason}")


def _prepare_flights(desk: Desk, console: Console) -> None:
    """Build the flights and each exercise's sample, where they are missing."""
    from workbench import flights

    lacking = [exercise for exercise in desk.course if desk.workspace.lacks_sample(exercise)]
    if lacking or not flights.status().ready:
        opened = _open_flights(console)
        for exercise in lacking:
            desk.workspace.deliver_sample(exercise, opened)


def _open_flights(console: Console) -> Flights:
    from workbench.flights.table import open_flights

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Opening the flights", total=1.0)
        return open_flights(
            progress=lambda text, share: bar.update(task, description=text, completed=share)
        )
