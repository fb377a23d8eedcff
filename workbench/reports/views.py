"""How MLflow's pages show the attempts: which columns, which charts, in which order.

MLflow keeps a saved view as a tag of the experiment: a name, a time, and the state of the page.
This state is MLflow's own and documented nowhere; a version that does not know it shows its usual
page.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.course import Exercise

SINCE = (3, 17)  # MLflow's first version that reads the views
ATTEMPTS, PROGRESS = "workbench-attempts", "workbench-progress"

_TAG = "mlflow.sharedViewState."
_REVISION = 1795132800000  # milliseconds; a change of what is below takes a later one
_OURS = "Attempts"  # the section with our charts
_NO_CHARTS = ("attempt", "max_score", "seconds")
_WIDTHS = {"params.`exercise`": 180, "tags.`outcome`": 120}  # pixels

_Chart = dict[str, Any]


@dataclass(frozen=True)
class View:
    """A page of MLflow on the attempts.

    Parameters
    ----------
    key
        Stands in the page's address.
    name
        Stands in MLflow's list of saved views.
    state
        Columns, charts and order, in MLflow's terms.
    """

    key: str
    name: str
    state: Mapping[str, Any]

    @property
    def tag(self) -> str:
        """Name of the experiment's tag."""
        return f"{_TAG}{self.key}"

    @property
    def value(self) -> str:
        """Value of the experiment's tag."""
        packed = base64.b64encode(zlib.compress(json.dumps(self.state).encode())).decode()
        return json.dumps({"name": self.name, "createdAt": _REVISION, "state": f"deflate;{packed}"})

    def replaces(self, value: str) -> bool:
        """Whether the view is to replace a tag's value; a later workbench's stays."""
        try:
            return value != self.value and bool(json.loads(value)["createdAt"] <= _REVISION)
        except (ValueError, KeyError, TypeError):
            return True


def view_of(exercise: str) -> str:
    """Key of the view on one exercise."""
    return f"workbench-{exercise}"


def views(exercises: Sequence[Exercise | None]) -> tuple[View, ...]:
    """Return the pages on all attempts, and one on each exercise that was tried."""
    tried = {exercise.id: exercise for exercise in exercises if exercise}
    return _all_attempts(), _progress(), *map(_one_exercise, tried.values())


def _all_attempts() -> View:
    """Every attempt, newest first."""
    state = _state(_columns("params.`exercise`", numbers=("delay", "missed", "false_alarms")))
    return View(ATTEMPTS, "Attempts", state)


def _progress() -> View:
    """The share of the points over the attempts, one line an exercise."""
    group = {"mode": "param", "groupByData": "exercise"}
    state = {
        **_state(_columns("params.`exercise`"), [_line("share_of_points")]),
        "groupBy": {"groupByKeys": [group], "aggregateFunction": "max"},
    }
    return View(PROGRESS, "Progress", state)


def _one_exercise(exercise: Exercise) -> View:
    """Score, points per check, and the numbers that the limits judge, attempt by attempt."""
    numbers = tuple(exercise.limits)
    # What is raised wrongly stands against what is caught late or not at all: neither says much
    # alone.
    wrongly = [name for name in numbers if name.startswith("false_")][:1]
    late = [name for name in numbers if name.endswith("delay") or name == "missed"]
    charts = (
        _scatter("attempt", "score"),
        *(_scatter(x, y) for x in wrongly for y in late),
        *(_bar(name) for name in numbers),
        *(_bar(f"points/{c.id}", "points") for c in exercise.criteria if c.points),
    )
    state = {
        **_state(_columns(numbers=numbers), charts, unfolded=("points",)),
        "searchFilter": f"params.exercise = '{exercise.id}'",
    }
    return View(view_of(exercise.id), exercise.title, state)


def _columns(*first: str, numbers: Sequence[str] = ()) -> list[str]:
    always = ("attempt", "score", "max_score")
    return [*first, "tags.`outcome`", *(f"metrics.`{name}`" for name in (*always, *numbers))]


def _state(
    columns: Sequence[str], charts: Sequence[_Chart] = (), *, unfolded: Sequence[str] = ()
) -> dict[str, Any]:
    """Lay out a page: our charts on top, below them those that MLflow makes of all metrics."""
    sections = (_OURS, "points", "numbers", "Model metrics")
    return {
        "orderByKey": "attributes.start_time",
        "orderByAsc": False,
        "selectedColumns": columns,
        "columnOrder": columns,
        "columnWidths": _WIDTHS,
        "runsHiddenMode": "SHOW_ALL",
        "compareRunCharts": [*charts, *({**_bar(name), "deleted": True} for name in _NO_CHARTS)],
        "compareRunSections": [_section(name, name in (_OURS, *unfolded)) for name in sections],
        "isAccordionReordered": True,
    }


def _section(name: str, unfolded: bool) -> dict[str, Any]:
    return {"uuid": name, "name": name, "display": unfolded, "columns": 2, "isReordered": True}


def _line(metric: str) -> _Chart:
    return {
        **_card("LINE", metric),
        "metricKey": metric,
        "selectedMetricKeys": [metric],
        "xAxisKey": "step",
        "useGlobalXaxisKey": False,
        "useGlobalLineSmoothing": False,
        "lineSmoothness": 0,
        "displayPoints": True,
    }


def _bar(metric: str, section: str = _OURS) -> _Chart:
    return {
        **_card("BAR", metric, section),
        "metricKey": metric,
        "displayName": metric.rpartition("/")[2],
    }


def _scatter(x: str, y: str) -> _Chart:
    axes = {name: {"key": key, "type": "METRIC"} for name, key in (("xaxis", x), ("yaxis", y))}
    return {**_card("SCATTER", f"{y} against {x}"), **axes}


def _card(kind: str, uuid: str, section: str = _OURS) -> _Chart:
    return {"type": kind, "uuid": uuid, "metricSectionId": section, "runsCountToCompare": 100}
