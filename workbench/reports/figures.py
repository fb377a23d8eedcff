"""Evidence drawn with matplotlib: SVG for pages, PNG for MLflow. The same data, the same bytes."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matplotlib import colormaps, rc_context, rcdefaults, rcParams
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure as Canvas
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from workbench.reports.clean import plain_text
from workbench.results import Figure

# Okabe and Ito's colours that stand out by 3:1 or more on white as well as on near-black.
_COLOURS = _BLUE, _VERMILION, _GREEN, _PURPLE = ("#0072b2", "#d55e00", "#009e73", "#b8659a")
_DASHES = ("-", "--", ":", "-.")
_INK = "#24292f"
_WIDTH = 7.2  # inches
_ROOM = 0.1  # inches beside the longest label: a browser's letters may be wider than ours
_LABEL = 40  # characters
_BESIDE = 24  # characters of a row's name that leave half of a page's figure to the row
_ROW = 30  # characters that fit beside each other under an axis

# Text stays text; it is never read as mathematics: a learner's "$" is a dollar.
_STYLE = {
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "workbench",
    "text.color": _INK,
    "text.parse_math": False,
    "xtick.color": _INK,
    "ytick.color": _INK,
}

# In a page the ink follows the reader's choice of light or dark.
_THEME = (
    f"<style>svg {{ color: {_INK} }}"
    " @media (prefers-color-scheme: dark) { svg { color: #e6edf3 } }</style>"
)


class FigureError(ValueError):
    """A figure that the check's author has to mend."""


def svg(figure: Figure, width: float = _WIDTH) -> str:
    """Draw a figure as an SVG document on a transparent ground, without its title.

    Parameters
    ----------
    width
        In inches; letters keep their size, so a narrow figure can be read on a narrow screen.

    Raises
    ------
    FigureError
        When the kind is unknown or the data does not fit it.
    """
    with io.BytesIO() as buffer:
        metadata = {"Creator": None, "Date": None}
        _draw(figure, buffer, width=width, format="svg", transparent=True, metadata=metadata)
        text = buffer.getvalue().decode("utf-8")
    document = text[text.index("<svg") :].replace(_INK, "currentColor")
    head, rest = document.split(">", 1)
    return f"{head}>{_THEME}{rest}"


def png(figure: Figure) -> bytes:
    """Draw a figure as a PNG on white, with its title.

    Raises
    ------
    FigureError
        When the kind is unknown or the data does not fit it.
    """
    with io.BytesIO() as buffer:
        _draw(figure, buffer, title=plain_text(figure.title), format="png", dpi=150)
        return buffer.getvalue()


def _draw(
    figure: Figure, target: io.BytesIO, *, title: str = "", width: float = _WIDTH, **options: Any
) -> None:
    kind = _KINDS.get(figure.kind)
    if kind is None:
        raise FigureError(f'No figure is of kind "{figure.kind}"; choose {", ".join(_KINDS)}.')
    try:
        with rc_context(), warnings.catch_warnings(action="ignore"):
            rcdefaults()  # whatever the reader's own matplotlibrc says
            rcParams.update(_STYLE)
            _paint(kind, figure.data, title, width).savefig(target, **options)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as problem:
        raise FigureError(
            f'The {figure.kind} "{figure.title}" cannot be drawn: {problem!r}'
        ) from problem


def _paint(
    kind: Callable[[Axes, Mapping[str, Any]], float], data: Any, title: str, width: float
) -> Canvas:
    canvas = Canvas(layout=ConstrainedLayoutEngine(w_pad=_ROOM))
    canvas.set_size_inches(width, kind(canvas.add_subplot(), data))
    if title:
        canvas.suptitle(title, x=0.01, ha="left", fontsize="medium", wrap=True)
    return canvas


def _timeline(axes: Axes, data: Mapping[str, Any]) -> float:
    weeks, active = data["weeks"], _floats(data["active"])
    axes.fill_between(
        weeks, active, step="mid", color=_BLUE, alpha=0.35, label=plain_text(data["label"])
    )
    axes.plot(weeks, active, drawstyle="steps-mid", color=_BLUE)
    alarms = [
        (w, a > 0) for w, a, raised in zip(weeks, active, data["alarms"], strict=True) if raised
    ]
    for right, mark, colour, label in (
        (True, "^", _VERMILION, "alarm"),
        (False, "X", _PURPLE, "false alarm"),
    ):
        at = [week for week, due in alarms if due is right]
        axes.plot(at, [1.2] * len(at), mark, color=colour, label=label, markersize=7)
    axes.set(xlabel="week", ylabel="strength", yticks=(0, 0.5, 1), ylim=(0, 1.35))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    _legend(axes)
    return 2.4


def _bars(axes: Axes, data: Mapping[str, Any]) -> float:
    values = _floats(data["values"])
    labels = zip(data["labels"], values, strict=True)
    texts = [f"{_short(label)}: {_number(value)}" for label, value in labels]
    row = _rows(axes, texts, data["unit"])
    lengths = [value if math.isfinite(value) else 0.0 for value in values]
    axes.barh(range(len(values)), lengths, color=_BLUE, height=0.18 / row)
    _limit(axes.axvline, axes, data["limit"])
    return 1.2 + row * len(values)


def _lines(axes: Axes, data: Mapping[str, Any]) -> float:
    x = _floats(data["x"])
    for place, (name, values) in enumerate(data["series"].items()):
        look: dict[str, Any] = {
            "color": _COLOURS[place % 4],
            "linestyle": _DASHES[(place + place // 4) % 4],
        }
        axes.plot(_floats(data["x"]), _floats(values), label=_short(name), linewidth=2, **look)
    axes.set(xlabel=plain_text(data["x_label"]), ylabel=plain_text(data["y_label"]))
    axes.xaxis.set_major_locator(MaxNLocator(integer=all(value.is_integer() for value in x)))
    _limit(axes.axhline, axes, data["limit"])
    _legend(axes)
    return 3.4


def _intervals(axes: Axes, data: Mapping[str, Any]) -> float:
    low, mid, high = (_floats(data[name]) for name in ("low", "mid", "high"))
    places = range(len(mid))
    row = _rows(axes, [*map(_short, data["labels"])], data["unit"])
    axes.hlines(places, low, high, color=_BLUE, linewidth=2)
    axes.plot(mid, places, "o", color=_BLUE, markersize=8)
    return 1.0 + row * len(mid)


def _matrix(axes: Axes, data: Mapping[str, Any]) -> float:
    values = [_floats(row) for row in data["values"]]
    finite = [value for row in values for value in row if math.isfinite(value)]
    shade = Normalize(min(finite, default=0.0), max(finite, default=1.0))
    axes.pcolormesh(values, cmap=colormaps["cividis"], norm=shade, edgecolors="face")
    for y, row in enumerate(values):
        for x, value in enumerate(row):
            colour = _INK if math.isnan(value) else "black" if shade(value) > 0.5 else "white"
            axes.text(x + 0.5, y + 0.5, _number(value), ha="center", va="center", color=colour)
    columns = [*map(_short, data["columns"])]
    turned: dict[str, Any] = (
        {"rotation": 30, "ha": "right"} if sum(map(len, columns)) > _ROW else {}
    )
    axes.set_xticks([x + 0.5 for x in range(len(columns))], columns, **turned)
    axes.set_yticks([y + 0.5 for y in range(len(data["rows"]))], map(_short, data["rows"]))
    axes.invert_yaxis()
    return 1.0 + 0.4 * len(values)


def _table(axes: Axes, data: Mapping[str, Any]) -> float:
    cells = [[_cell(value) for value in row] for row in data["rows"]]
    heads = [*map(_short, data["columns"])]
    axes.axis("off")
    table = axes.table(
        cells, colLabels=heads, cellLoc="left", colLoc="left", edges="B", bbox=Bbox.unit()
    )
    table.auto_set_font_size(False)
    for cell in table.get_celld().values():
        cell.set_edgecolor(_INK)
    return 0.3 + 0.28 * (len(cells) + 1)


# A drawer fills the axes and returns the height of the figure in inches.
_KINDS: Mapping[str, Callable[[Axes, Mapping[str, Any]], float]] = {
    "timeline": _timeline,
    "bars": _bars,
    "lines": _lines,
    "intervals": _intervals,
    "matrix": _matrix,
    "table": _table,
}


def _rows(axes: Axes, labels: Sequence[str], unit: str) -> float:
    """Name the rows of a horizontal chart, the first on top; return a row's height in inches.

    Long names stand above what they name: beside it they would take its room.
    """
    axes.set(xlabel=plain_text(unit), ylim=(len(labels) - 0.5, -0.5))
    if max(map(len, labels), default=0) <= _BESIDE:
        axes.set_yticks(range(len(labels)), labels)
        return 0.3
    axes.set(yticks=[], ylim=(len(labels) - 0.6, -0.9))
    for place, label in enumerate(labels):
        at = (0.01, place - 0.22)
        axes.text(*at, label, transform=axes.get_yaxis_transform(), va="bottom")
    return 0.45


def _limit(line: Callable[..., object], axes: Axes, limit: float | None) -> None:
    if limit is not None:
        line(limit, color=_INK, linestyle="--", linewidth=1.2, label=f"limit {_number(limit)}")
        _legend(axes)


def _legend(axes: Axes) -> None:
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4, borderpad=0)


def _floats(values: Sequence[float | None]) -> list[float]:
    """JSON has no NaN: what is undefined comes as null."""
    return [math.nan if value is None else float(value) for value in values]


def _number(value: float) -> str:
    return f"{value:.4g}" if math.isfinite(value) else "undefined"


def _cell(value: Any) -> str:
    return _number(value) if isinstance(value, float) else _short(value)


def _short(text: Any) -> str:
    plain = plain_text(str(text)).replace("\n", " ")
    return plain if len(plain) <= _LABEL else f"{plain[: _LABEL - 1]}…"
