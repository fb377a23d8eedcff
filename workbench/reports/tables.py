"""The data of a figure as a table: what a picture shows, for those who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.reports.clean import plain_text
from workbench.results import Figure


@dataclass(frozen=True)
class Table:
    """Heads and rows of plain text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def written(value: Any) -> str:
    """Write a value; JSON's null is a number that is not defined."""
    if value is None or value != value:
        return "undefined"
    return f"{value:.4g}" if isinstance(value, float) else plain_text(str(value))


def as_table(figure: Figure) -> Table | None:
    """Lay a figure's data out as a table; None where the data is not what the kind holds."""
    layout = _LAYOUTS.get(figure.kind)
    try:
        columns, rows = layout(figure.data) if layout else ((), ())
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
    texts = tuple(tuple(map(written, row)) for row in rows)
    return Table(tuple(map(written, columns)), texts) if columns else None


_Layout = tuple[Sequence[Any], Sequence[Sequence[Any]]]


def _timeline(data: Mapping[str, Any]) -> _Layout:
    alarms = ["alarm" if raised else "" for raised in data["alarms"]]
    rows = zip(map(str, data["weeks"]), data["active"], alarms, strict=True)
    return ("week", data["label"], "alarm"), list(rows)


def _bars(data: Mapping[str, Any]) -> _Layout:
    limit = [] if data["limit"] is None else [("limit", data["limit"])]
    return ("", data["unit"] or "value"), [
        *zip(data["labels"], data["values"], strict=True),
        *limit,
    ]


def _lines(data: Mapping[str, Any]) -> _Layout:
    series = data["series"]
    rows = list(zip(data["x"], *series.values(), strict=True))
    limit = [] if data["limit"] is None else [("limit", *[data["limit"]] * len(series))]
    return (data["x_label"], *series), [*rows, *limit]


def _intervals(data: Mapping[str, Any]) -> _Layout:
    names = ("low", "mid", "high")
    rows = zip(data["labels"], *(data[name] for name in names), strict=True)
    return (data["unit"], *names), list(rows)


def _matrix(data: Mapping[str, Any]) -> _Layout:
    rows = [(name, *values) for name, values in zip(data["rows"], data["values"], strict=True)]
    return ("", *data["columns"]), rows


def _table(data: Mapping[str, Any]) -> _Layout:
    return data["columns"], data["rows"]


_LAYOUTS: Mapping[str, Callable[[Mapping[str, Any]], _Layout]] = {
    "timeline": _timeline,
    "bars": _bars,
    "lines": _lines,
    "intervals": _intervals,
    "matrix": _matrix,
    "table": _table,
}
