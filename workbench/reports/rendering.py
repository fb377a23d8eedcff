"""What all pages share: templates, clean text, figures as images with their data."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workbench import __version__
from workbench.reports.clean import plain_text
from workbench.reports.figures import FigureError, svg
from workbench.reports.tables import Table, as_table, written
from workbench.results import Figure

_WIDTH = 4.6  # inches: two fit beside each other, and one can be read on a phone


@dataclass(frozen=True)
class Picture:
    """A figure in a page: an image with its data as a table, or why it could not be drawn.

    Parameters
    ----------
    context
        What the figure belongs to, for those who hear it; empty where that stands right before.
    """

    title: str
    image: str
    table: Table | None
    problem: str = ""
    context: str = ""


def render(template: str, /, **values: Any) -> str:
    """Fill in a template; every text becomes plain text, whatever it holds."""
    return _environment().get_template(template).render(version=__version__, **values)


@cache
def _environment() -> Environment:
    """Keep the templates: to compile them takes longer than to fill them in."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        finalize=_plain,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(written=written, day=day, moment=_moment, hours=_hours)
    return environment


def picture(figure: Figure, context: str = "") -> Picture:
    """Draw a figure; a table stays one."""
    title, table = figure.title, as_table(figure)
    if figure.kind == "table" and table:
        return Picture(title, "", table, context=context)
    try:
        image = base64.b64encode(svg(figure, _WIDTH).encode()).decode("ascii")
    except FigureError as problem:
        return Picture(title, "", table, str(problem), context)
    return Picture(title, f"data:image/svg+xml;base64,{image}", table, context=context)


def day(time: datetime) -> str:
    """Write a date, as it is in UTC."""
    utc = time.astimezone(UTC)
    return f"{utc.day} {utc:%B %Y}"


def _moment(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _hours(minutes: int) -> str:
    """Write minutes as somebody says them."""
    hours, rest = divmod(minutes, 60)
    return " ".join([*[f"{hours} h"] * bool(hours), *[f"{rest} min"] * bool(rest or not hours)])


def _plain(value: Any) -> Any:
    """Clean every text that enters a page; markup that a template made is a subclass."""
    return plain_text(value) if type(value) is str else value
