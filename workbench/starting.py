"""What ``start`` prepares beside the files: the flights, the samples, the MLflow store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from workbench.course import Course
from workbench.practice import record
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.flights.table import Flights


def prepare_flights(workspace: Workspace, course: Course, console: Console) -> None:
    """Build the flights where they are missing, and each exercise's sample; lock first."""
    from workbench import flights

    lacking = [exercise for exercise in course if workspace.lacks_sample(exercise)]
    if lacking or not flights.status().ready:
        opened = _open_flights(console)
        for exercise in lacking:
            workspace.deliver_sample(exercise, opened)


def prepare_store(workspace: Workspace, console: Console) -> None:
    """Let MLflow make its store, and catch up; without it, practice goes on."""
    with console.status("Preparing the MLflow store"):
        reason = record(workspace)
    if reason:
        console.print(f"MLflow's store is not ready; the next check tries again: {reason}")


def _open_flights(console: Console) -> Flights:
    from workbench.flights.table import open_flights

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Opening the flights", total=1.0)
        return open_flights(
            progress=lambda text, share: bar.update(task, description=text, completed=share)
        )
