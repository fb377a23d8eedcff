"""What `workbench author` shows of a calibration."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbench.author.calibrate import Calibration, Way, show_range

_NOTHING = "-"
_FEW = 2


def show_calibration(found: Calibration, console: Console) -> None:
    """Write points, limits and warnings of one exercise."""
    exercise = found.exercise
    seeds = "seed 1" if found.seeds == 1 else f"seeds 1 to {found.seeds}"
    heading = f"{exercise.path}: {exercise.max_score} points, {seeds}"
    console.print(Text(heading, style="bold"))
    console.print(_points(found))
    if exercise.limits:
        console.print(_limits(found))
    for warning in found.warnings:
        console.print(Text(warning, style="yellow"), soft_wrap=True)
    if not found.warnings:
        console.print("Every way gets what it must, with room to the limits.")


def _points(found: Calibration) -> Table:
    table = _table("way", "points", "as it must", "failed checks, with how many seeds")
    for way in found.ways:
        low, high = way.points
        points = str(low) if low == high else f"{low}..{high}"
        table.add_row(str(way.variant), points, _verdict(way), _missed(way, found.seeds))
    return table


def _missed(way: Way, seeds: int) -> str:
    if len(way.missed) > _FEW:
        return f"{len(way.missed)} checks"
    counts = (f"{check} {count}/{seeds}" for check, count in way.missed.items())
    return ", ".join(counts) or _NOTHING


def _verdict(way: Way) -> Text:
    if way.shortfalls:
        return Text("NO", style="bold red")
    return Text("yes", style="green")


def _limits(found: Calibration) -> Table:
    """Show the ranges of the ways under each limit."""
    table = _table("limit", "value", "written", "way", "measured")
    for name, limit in found.exercise.limits.items():
        written = show_range(limit.reference) if limit.reference else _NOTHING
        head = (name, f"{limit.value:g}", written)
        for way in _telling(found.ways, name):
            table.add_row(*head, str(way.variant), show_range(way.numbers[name]))
            head = ("", "", "")
        if head[0]:
            table.add_row(*head, _NOTHING, "nothing was recorded")
    return table


def _telling(ways: Sequence[Way], name: str) -> list[Way]:
    """Take the right ways, and of the wrong ones those that leave the right ways' range."""
    right = [way for way in ways if way.right and name in way.numbers]
    low = min((way.numbers[name][0] for way in right), default=math.inf)
    high = max((way.numbers[name][1] for way in right), default=-math.inf)
    wrong = (way for way in ways if not way.right and name in way.numbers)
    return right + [w for w in wrong if w.numbers[name][0] < low or w.numbers[name][1] > high]


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
