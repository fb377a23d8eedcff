"""The ledger of attempts: appended to, never rewritten. Progress is derived from it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from workbench import __version__
from workbench.course import Course
from workbench.durable import append_line, exclusive
from workbench.results import Outcome, Result, ResultError

VERSION = 1


class LedgerError(Exception):
    """A ledger that this workbench cannot read."""


@dataclass(frozen=True)
class Attempt:
    """One thing that the learner did.

    Parameters
    ----------
    kind
        ``check``, ``hint``, ``solution`` or ``reset``.
    exercise
        Id of the exercise.
    result
        The judgement; only a ``check`` has one.
    files
        SHA-256 of each submitted file, by name; their snapshot is kept under ``id``.
    details
        Plain JSON data: the rung of a hint, the folder of a backup.
    """

    kind: str
    exercise: str
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    time: datetime = field(default_factory=lambda: datetime.now(UTC))
    result: Result | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_line(self) -> bytes:
        """Write the attempt as one line of ASCII."""
        record = {
            "version": VERSION,
            "id": self.id,
            "time": self.time.isoformat(),
            "kind": self.kind,
            "exercise": self.exercise,
            "result": json.loads(self.result.to_json()) if self.result else None,
            "files": dict(self.files),
            "details": dict(self.details),
            "workbench": __version__,
        }
        return json.dumps(record, allow_nan=False).encode("ascii")

    @classmethod
    def from_line(cls, line: bytes) -> Self:
        """Read :meth:`to_line`.

        Raises
        ------
        LedgerError
            When a newer workbench wrote it.
        ValueError, KeyError, TypeError
            When it is torn.
        """
        record = json.loads(line)
        if record["version"] > VERSION:
            raise LedgerError(
                f"The ledger holds attempts of version {record['version']}; this workbench reads "
                f"up to {VERSION}. Upgrade the workbench."
            )
        result = record["result"] and Result.from_json(json.dumps(record["result"]))
        return cls(
            kind=record["kind"],
            exercise=record["exercise"],
            id=record["id"],
            time=datetime.fromisoformat(record["time"]),
            result=result,
            files=record["files"],
            details=record["details"],
        )


@dataclass(frozen=True)
class Ledger:
    """The file of attempts, one line each."""

    path: Path

    def append(self, attempt: Attempt) -> None:
        """Add an attempt, whole or not at all, and only return when it is on the disk."""
        with exclusive(self.path.with_suffix(".lock"), wait=True):
            append_line(self.path, attempt.to_line())

    def read(self) -> tuple[Attempt, ...]:
        """Read what can be read, oldest first; :meth:`torn` names the rest.

        Raises
        ------
        LedgerError
            When a newer workbench wrote it.
        """
        return tuple(attempt for _, attempt in self._lines() if attempt)

    def torn(self) -> tuple[int, ...]:
        """Numbers of the lines that a kill or a full disk has torn; they stay in the file."""
        return tuple(number for number, attempt in self._lines() if not attempt)

    def ends_torn(self) -> bool:
        """Whether the newest line is torn: the last attempt was cut off."""
        text = self.path.read_bytes() if self.path.exists() else b""
        last = text.rstrip().rsplit(b"\n", 1)[-1]
        return bool(last) and _attempt_or_none(last) is None

    def _lines(self) -> Iterator[tuple[int, Attempt | None]]:
        text = self.path.read_bytes() if self.path.exists() else b""
        for number, line in enumerate(text.split(b"\n"), start=1):
            if line.strip():
                yield number, _attempt_or_none(line)


@dataclass(frozen=True)
class Progress:
    """How far the learner is with one exercise.

    Parameters
    ----------
    state
        ``not attempted``, ``tried``, ``passed`` or ``given up``.
    best, max
        Points of the best attempt, and points that the exercise offers.
    attempts
        Number of checks; those that failed by a fault of ours do not count.
    gave_up
        Whether the solution was opened before a pass.
    """

    state: str
    best: int
    max: int
    attempts: int
    gave_up: bool

    @property
    def done(self) -> bool:
        """Whether ``next`` moves on."""
        return self.state in ("passed", "given up")


def progress(attempts: Iterable[Attempt], course: Course) -> Mapping[str, Progress]:
    """Derive each exercise's progress, by id."""
    made = tuple(attempts)
    return {
        exercise.id: _progress([a for a in made if a.exercise == exercise.id], exercise.max_score)
        for exercise in course
    }


def _progress(made: list[Attempt], max_score: int) -> Progress:
    results = [a.result for a in made if a.result and a.result.outcome != Outcome.GRADER_ERROR]
    passed = any(result.outcome == Outcome.PASSED for result in results)
    tried = any(result.outcome != Outcome.NOT_ATTEMPTED for result in results)
    gave_up = any(a.kind == "solution" and a.details.get("gave_up") for a in made)
    state = "passed" if passed else "given up" if gave_up else "tried" if tried else "not attempted"
    best = max((result.score for result in results), default=0)
    return Progress(state, best, max_score, len(results), gave_up)


def _attempt_or_none(line: bytes) -> Attempt | None:
    try:
        return Attempt.from_line(line)
    except ResultError as problem:
        raise LedgerError(str(problem)) from problem
    except (ValueError, KeyError, TypeError):
        return None
