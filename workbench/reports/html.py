"""The page of an attempt: one file, no script, for light and dark, for eyes and screen readers."""

from __future__ import annotations

import base64
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from workbench import __version__
from workbench.attempts import Attempt
from workbench.course import Exercise
from workbench.reports.clean import plain_text
from workbench.reports.figures import FigureError, svg
from workbench.reports.story import SYMBOLS, next_step, tell, verdict
from workbench.reports.tables import Table, as_table
from workbench.results import Figure, Result

_LIBRARIES = ("pandas", "scikit-learn", "mlflow", "great-expectations")


@dataclass(frozen=True)
class _Picture:
    """A figure in the page: an image with its data as a table, or why it could not be drawn."""

    title: str
    image: str
    table: Table | None
    problem: str = ""


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
    return _template().render(
        title=exercise.title if exercise else result.exercise,
        symbol=SYMBOLS[result.outcome],
        verdict=verdict(result),
        next_step=next_step(result, exercise) if exercise else "",
        result=result,
        entries=tell(result, exercise),
        pictures={check.id: [*map(_picture, check.figures)] for check in result.checks},
        about={**_facts(result), **about},
    )


def about_attempt(attempt: Attempt) -> dict[str, str]:
    """Tell when an attempt was made, and with which versions it is reported."""
    return {
        "Time": f"{attempt.time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
        "Attempt": attempt.id,
        "workbench": __version__,
        "Python": platform.python_version(),
        **{name: version(name) for name in _LIBRARIES},
    }


def _facts(result: Result) -> dict[str, str]:
    return {
        "Exercise": result.exercise,
        "Seed": str(result.seed),
        "Isolation": result.isolation,
        "Seconds": f"{result.seconds:.2f}",
    }


def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        finalize=_plain,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("attempt.html")


def _plain(value: Any) -> Any:
    """Clean every text that enters the page; markup that the template made is a subclass."""
    return plain_text(value) if type(value) is str else value


def _picture(figure: Figure) -> _Picture:
    title, table = figure.title, as_table(figure)
    if figure.kind == "table" and table:
        return _Picture(title, "", table)
    try:
        image = base64.b64encode(svg(figure).encode()).decode("ascii")
    except FigureError as problem:
        return _Picture(title, "", table, str(problem))
    return _Picture(title, f"data:image/svg+xml;base64,{image}", table)
