"""The page of an attempt: one file, no script, for light and dark, for eyes and screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from types import MappingProxyType

from workbench.course import Exercise
from workbench.reports.rendering import picture, render
from workbench.reports.story import SYMBOLS, Entry, next_step, tell, verdict
from workbench.results import Result
from workbench.workspace.attempts import Attempt
from workbench.workspace.versions import judged_with, versions


def page(
    result: Result,
    exercise: Exercise | None,
    about: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Write the page of a result.

    Parameters
    ----------
    exercise
        None when the course no longer has it.
    about
        More facts to list, by name: the time, the versions.
    """
    entries = tell(result, exercise)
    return render(
        "attempt.html",
        title=exercise.title if exercise else result.exercise,
        symbol=SYMBOLS[result.outcome],
        verdict=verdict(result),
        next_step=next_step(result, exercise) if exercise else "",
        result=result,
        entries=entries,
        detailed=[entry.number for entry in entries if _has_details(entry)],
        pictures={check.id: [*map(picture, check.figures)] for check in result.checks},
        about={**_facts(result), **about},
    )


def about_attempt(attempt: Attempt) -> dict[str, str]:
    """Tell when an attempt was made, and with which versions; with today's, if it kept none."""
    return {
        "Time": f"{attempt.time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
        "Attempt": attempt.id,
        **(judged_with(attempt) or versions()),
    }


def _has_details(entry: Entry) -> bool:
    """Whether there is more to show than the check's line among all."""
    check = entry.check
    said = entry.note or check.message or check.hint or check.output
    return bool(said or check.numbers or check.figures)


def _facts(result: Result) -> dict[str, str]:
    return {
        "Exercise": result.exercise,
        "Seed": str(result.seed),
        "Isolation": result.isolation,
        "Seconds": f"{result.seconds:.2f}",
    }
