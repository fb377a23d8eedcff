"""What a check leaves behind for the report: numbers and figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from workbench.results import Figure
from workbench.scenarios.truth import Truth


class Evidence:
    """Collects the numbers and figures of one check.

    A number recorded under the name of a limit is the quantity that the limit judges:
    ``workbench author calibrate`` prints its range beside the limit.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, float] = {}
        self.figures: list[Figure] = []

    def number(self, name: str, value: float | None) -> None:
        """Record a number; None and what is not finite are left out, being undefined."""
        if value is not None and math.isfinite(value):
            self.numbers[name] = float(value)

    def timeline(self, title: str, alarms: Sequence[bool], truth: Truth) -> None:
        """Show alarms, week by week, against what was planted."""
        data = {
            "weeks": list(truth.weeks),
            "active": [float(strength) for strength in truth.strength],
            "alarms": [bool(alarm) for alarm in alarms],
            "label": "planted",
        }
        self._add("timeline", title, data)

    def bars(
        self,
        title: str,
        values: Mapping[str, float],
        *,
        limit: float | None = None,
        unit: str = "",
    ) -> None:
        """Show one bar a name, with the limit as a line."""
        data = {
            "labels": list(values),
            "values": [float(value) for value in values.values()],
            "limit": limit,
            "unit": unit,
        }
        self._add("bars", title, data)

    def lines(
        self,
        title: str,
        x: Sequence[float],
        series: Mapping[str, Sequence[float]],
        *,
        x_label: str,
        y_label: str,
        limit: float | None = None,
    ) -> None:
        """Show one line a name over a common axis."""
        data = {
            "x": [float(value) for value in x],
            "series": {name: [float(v) for v in values] for name, values in series.items()},
            "x_label": x_label,
            "y_label": y_label,
            "limit": limit,
        }
        self._add("lines", title, data)

    def intervals(
        self, title: str, rows: Mapping[str, tuple[float, float, float]], *, unit: str = ""
    ) -> None:
        """Show an estimate with its interval (low, middle, high) a name."""
        low, mid, high = zip(*rows.values(), strict=True)
        data = {"labels": list(rows), "low": low, "mid": mid, "high": high, "unit": unit}
        self._add("intervals", title, data)

    def matrix(
        self,
        title: str,
        rows: Sequence[str],
        columns: Sequence[str],
        values: Sequence[Sequence[float]],
    ) -> None:
        """Show a table of numbers as shades: a confusion matrix, say."""
        data = {
            "rows": list(rows),
            "columns": list(columns),
            "values": [[float(value) for value in row] for row in values],
        }
        self._add("matrix", title, data)

    def table(
        self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str | float]]
    ) -> None:
        """Show a table; one without rows shows nothing."""
        if rows:
            self._add(
                "table", title, {"columns": list(columns), "rows": [list(row) for row in rows]}
            )

    def _add(self, kind: str, title: str, data: dict[str, Any]) -> None:
        self.figures.append(Figure(kind, title, data))


class Limits:
    """The exercise's limits as attributes: ``limits.delay_weeks``."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = dict(values)

    def __getattr__(self, name: str) -> float:
        try:
            return self._values[name]
        except KeyError:
            known = ", ".join(sorted(self._values)) or "none"
            raise AttributeError(f"exercise.toml sets no limit {name}; it has {known}.") from None
