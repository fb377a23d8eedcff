"""What a judgement is: outcomes, checks, results. Frozen, with a versioned JSON form."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

SCHEMA_VERSION = 1


class Outcome(StrEnum):
    """How a check, or a whole exercise, ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ATTEMPTED = "not attempted"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    SKIPPED = "skipped"
    NOT_RUN = "not run"
    GRADER_ERROR = "grader error"


class ResultError(ValueError):
    """A stored result that cannot be read."""


@dataclass(frozen=True)
class Figure:
    """A picture as data; ``workbench.reports.figures`` draws it.

    Parameters
    ----------
    kind
        One of ``timeline``, ``bars``, ``lines``, ``intervals``, ``matrix``, ``table``.
    title
        What the picture shows, in one sentence; also its text for screen readers.
    data
        Plain JSON data; its keys depend on ``kind``.
    """

    kind: str
    title: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class CheckResult:
    """The judgement of one check.

    Parameters
    ----------
    id, title
        Name of the check's function, and the sentence that the learner reads.
    outcome, points, max_points
        ``points`` is ``max_points`` after a pass and 0 otherwise.
    message, hint
        What was expected and seen; where to look next. Empty after a pass.
    seconds
        Wall-clock time of the check.
    output
        The end of what the learner's code printed.
    numbers, figures
        The evidence.
    line
        Line of ``checks.py`` whose assertion failed; 0 where none did.
    """

    id: str
    title: str
    outcome: Outcome
    points: int
    max_points: int
    message: str = ""
    hint: str = ""
    seconds: float = 0.0
    output: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    line: int = 0

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Read what ``dataclasses.asdict`` wrote."""
        figures = tuple(Figure(**figure) for figure in record.get("figures", ()))
        return cls(**{**record, "outcome": Outcome(record["outcome"]), "figures": figures})


@dataclass(frozen=True)
class Result:
    """The judgement of one submission to one exercise."""

    exercise: str
    checks: tuple[CheckResult, ...]
    seed: int
    isolation: str
    seconds: float

    @property
    def score(self) -> int:
        """Points earned."""
        return sum(check.points for check in self.checks)

    @property
    def max_score(self) -> int:
        """Points that the exercise offers, whatever ran."""
        return sum(check.max_points for check in self.checks)

    @property
    def outcome(self) -> Outcome:
        """The worst that matters: a fault of ours, a pass, nothing tried, or not yet."""
        outcomes = {check.outcome for check in self.checks}
        if outcomes & {Outcome.GRADER_ERROR, Outcome.NOT_RUN} or not outcomes:
            return Outcome.GRADER_ERROR
        if outcomes == {Outcome.PASSED}:
            return Outcome.PASSED
        if outcomes <= {Outcome.NOT_ATTEMPTED, Outcome.SKIPPED}:
            return Outcome.NOT_ATTEMPTED
        return Outcome.FAILED

    @property
    def exit_status(self) -> int:
        """0 passed, 1 not yet, 2 our fault."""
        return {Outcome.PASSED: 0, Outcome.GRADER_ERROR: 2}.get(self.outcome, 1)

    def public(self) -> dict[str, Any]:
        """The document of ``check --json``: plain JSON data, no evidence."""
        keys = ("id", "title", "outcome", "points", "max_points", "message", "hint")
        return {
            "schema_version": SCHEMA_VERSION,
            "exercise": self.exercise,
            "outcome": self.outcome.value,
            "score": self.score,
            "max_score": self.max_score,
            "seed": self.seed,
            "isolation": self.isolation,
            "checks": [{key: asdict(check)[key] for key in keys} for check in self.checks],
            "seconds": round(self.seconds, 3),
        }

    def to_json(self) -> str:
        """Write everything, evidence included, on one line."""
        document = {"schema_version": SCHEMA_VERSION, **asdict(self)}
        # ASCII: a learner's text may hold half characters, which no encoding can write
        return json.dumps(_finite(document), allow_nan=False)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Read what ``dataclasses.asdict`` wrote, now and in this version."""
        known = {name: value for name, value in record.items() if name != "schema_version"}
        checks = tuple(CheckResult.from_record(check) for check in record["checks"])
        return cls(**{**known, "checks": checks})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read :meth:`to_json`.

        Raises
        ------
        ResultError
            When the text is no result, or one of a newer schema.
        """
        try:
            document = json.loads(text)
            version = document.pop("schema_version")
            if version > SCHEMA_VERSION:
                raise ResultError(
                    f"The result has schema version {version}; this workbench reads up to "
                    f"{SCHEMA_VERSION}. Upgrade the workbench."
                )
            return cls.from_record(document)
        except (KeyError, TypeError, AttributeError, ValueError) as problem:
            if isinstance(problem, ResultError):
                raise
            raise ResultError(f"This is not a result of the workbench: {problem}") from problem

    def but(self, **changes: Any) -> Self:
        """Return a copy with other fields."""
        return replace(self, **changes)


def _finite(value: Any) -> Any:
    """Replace what JSON cannot hold (NaN, infinities) by null, at any depth."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
