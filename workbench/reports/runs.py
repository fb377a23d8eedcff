"""What a run of MLflow tells of an attempt: name, tags, parameters, metrics, note, artefacts."""

from __future__ import annotations

import math
import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from workbench import __version__
from workbench.course import Exercise
from workbench.reports.figures import FigureError, png
from workbench.reports.html import about_attempt, page
from workbench.reports.story import Entry, next_step, tell, verdict
from workbench.results import CheckResult, Outcome, Result
from workbench.workspace.attempts import Attempt

# In charts a run's points and bars have the colour of its outcome (Okabe and Ito's); its name
# says the same.
_COLOURS = {
    Outcome.PASSED: "#009e73",
    Outcome.FAILED: "#d55e00",
    Outcome.NOT_ATTEMPTED: "#999999",
    Outcome.GRADER_ERROR: "#b8659a",
}
SHARE = "share_of_points"
_NOTE = 6000  # characters; MLflow cuts a tag at 8000
_MESSAGE = 800


@dataclass(frozen=True)
class Told:
    """An attempt as MLflow is told of it.

    Parameters
    ----------
    number
        Place among the checks of its exercise, from 1.
    exercise
        None when the course no longer has it.
    """

    attempt: Attempt
    number: int
    exercise: Exercise | None

    @property
    def result(self) -> Result:
        """The judgement."""
        assert self.attempt.result is not None, "only checks are recorded"
        return self.attempt.result

    @property
    def name(self) -> str:
        """Name of the run, which MLflow's pages cut at the end."""
        result = self.result
        return f"#{self.number} {result.score}/{result.max_score} {result.exercise}"

    @property
    def start(self) -> int:
        """When the attempt was made, in milliseconds."""
        return round(self.attempt.time.timestamp() * 1000)

    @property
    def end(self) -> int:
        """When its judgement ended."""
        end = self.attempt.time + timedelta(seconds=self.result.seconds)
        return round(end.timestamp() * 1000)

    @property
    def tags(self) -> dict[str, str]:
        """What came out, and what MLflow's pages ask for."""
        return {
            "outcome": self.result.outcome.value,
            "mlflow.note.content": self.note,
            "mlflow.runColor": _COLOURS[self.result.outcome],
            "mlflow.source.name": f"workbench check {self.attempt.exercise}",
            "mlflow.source.type": "LOCAL",
        }

    @property
    def params(self) -> dict[str, str]:
        """What was judged, and how."""
        return {
            "exercise": self.attempt.exercise,
            "stage": self.exercise.stage if self.exercise else "",
            "seed": str(self.result.seed),
            "isolation": self.result.isolation,
            "workbench": __version__,
        }

    @property
    def metrics(self) -> dict[str, float]:
        """Name the totals, the points, and the evidence as far as it is finite.

        A number is there by its name, as the worst of the checks that have it, and for each check.
        MLflow's pages keep the order, and put names with a stroke under a heading.
        """
        result = self.result
        numbers = {
            (_plain(number), _plain(check.id)): value
            for check in result.checks
            for number, value in check.numbers.items()
            if value is not None and math.isfinite(value)
        }
        totals = {
            "score": result.score,
            "max_score": result.max_score,
            SHARE: round(result.score / max(result.max_score, 1), 3),
            "attempt": self.number,
            "seconds": round(result.seconds, 2),
        }
        of_checks = {
            **{
                f"points/{_plain(check.id)}": check.points
                for check in result.checks
                if check.max_points
            },
            **{f"numbers/{check}.{number}": value for (number, check), value in numbers.items()},
        }
        worst = {
            name: self._worst(name, [v for (number, _), v in numbers.items() if number == name])
            for name, _ in numbers
            if name not in totals
        }
        return {name: float(value) for name, value in {**totals, **worst, **of_checks}.items()}

    def _worst(self, name: str, values: Sequence[float]) -> float:
        """Choose as the limit of that name does; where there is none, less is better."""
        limit = self.exercise.limits.get(name) if self.exercise else None
        is_floor = limit and limit.reference and limit.value < limit.reference[0]
        return min(values) if is_floor else max(values)

    @property
    def note(self) -> str:
        """Tell in a few lines of Markdown what happened, and what to do now."""
        entries = tell(self.result, self.exercise)
        following = next_step(self.result, self.exercise) if self.exercise else ""
        parts = [
            f"**{verdict(self.result)}** This was attempt {self.number}.",
            f"**Next:** {following}" if following else "",
            _first_message(entries),
            "\n".join(map(_line, entries)),
        ]
        return "\n\n".join(filter(None, parts))[:_NOTE]

    def write_artefacts(self, folder: Path, submission: Path) -> None:
        """Write the page, the figures, the files that were handed in, and the result."""
        result = self.result
        if submission.is_dir():
            shutil.copytree(submission, folder / "submission", symlinks=True)
        # A lone surrogate becomes its JSON escape.
        (folder / "result.json").write_bytes(result.to_json().encode("utf-8", "backslashreplace"))
        html = page(result, self.exercise, about_attempt(self.attempt))
        (folder / "attempt.html").write_text(html, encoding="utf-8")
        for check in result.checks:
            _write_figures(folder / "figures", check)


def told(ledger: Sequence[Attempt], exercises: Mapping[str, Exercise]) -> tuple[Told, ...]:
    """Number the checks of a ledger within their exercise; nothing else is told."""
    counted: dict[str, int] = {}
    found = []
    for attempt in ledger:
        if attempt.result:
            number = counted[attempt.exercise] = counted.get(attempt.exercise, 0) + 1
            found.append(Told(attempt, number, exercises.get(attempt.exercise)))
    return tuple(found)


def _plain(name: str) -> str:
    """Spell a name as MLflow takes it."""
    return re.sub(r"[^\w-]", "_", name)[:100] or "_"


def _line(entry: Entry) -> str:
    check = entry.check
    points = f", {check.points} of {check.max_points} points" if check.max_points else ""
    return f"{entry.number}. {entry.symbol} {check.outcome.value}{points}: {_literal(check.title)}"


def _first_message(entries: Sequence[Entry]) -> str:
    """Quote the first check that is to be mended; a quotation is wrapped, a block of code not."""
    entry = next((entry for entry in entries if entry.check.message), None)
    if entry is None:
        return ""
    lines = _shortened(entry.check.message, _MESSAGE).splitlines()
    return "\n".join(
        (f"Check {entry.number} says:\n", *(f"> {_indented(line)}  " for line in lines))
    )


def _indented(line: str) -> str:
    text = line.lstrip()
    return "\N{NO-BREAK SPACE}" * (len(line) - len(text)) + _literal(text)


def _literal(text: str) -> str:
    """Keep Markdown and HTML from being read as such."""
    return re.sub(r"([\\`*_{}\[\]()<>#+|~&!.-])", r"\\\1", text)


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _write_figures(folder: Path, check: CheckResult) -> None:
    """Leave out what cannot be drawn: the page tells why."""
    for number, figure in enumerate(check.figures, start=1):
        folder.mkdir(exist_ok=True)
        with suppress(FigureError):
            (folder / f"{check.id}-{number}.png").write_bytes(png(figure))
