"""The ledger of attempts: appended to, never rewritten. Progress is derived from it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from workbench import __version__
from workbench.course import Course, Exercise
from workbench.durable import append_line, exclusive
from workbench.results import Outcome, Result, ResultError

VERSION = 1
T = TypeVar("T")

# The result comes last in a line: `list` and `next` read what stands before it, which is small,
# and leave the evidence of hundreds of attempts unparsed.
_BEFORE_RESULT = b', "result": '
_CUT_OFF = b" (cut off)"


class LedgerError(Exception):
    """A ledger that this workbench cannot read."""


@dataclass(frozen=True)
class Summary:
    """What progress and hints need to know of an attempt.

    Parameters
    ----------
    outcome, score
        Of a ``check``; None and 0 for all else.
    missed
        Id of the first check that was judged and not passed; empty when there is none.
    """

    kind: str
    exercise: str
    outcome: Outcome | None
    score: int
    missed: str
    details: Mapping[str, Any]


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

    @property
    def summary(self) -> Summary:
        """The attempt without its evidence."""
        outcome = self.result.outcome if self.result else None
        score = self.result.score if self.result else 0
        missed = _first_missed(self.result)
        return Summary(self.kind, self.exercise, outcome, score, missed, self.details)

    def to_line(self) -> bytes:
        """Write the attempt as one line of ASCII."""
        record = {
            "version": VERSION,
            "id": self.id,
            "time": self.time.isoformat(),
            **asdict(self.summary),
            "files": dict(self.files),
            "workbench": __version__,
            "result": json.loads(self.result.to_json()) if self.result else None,
        }
        return json.dumps(record, allow_nan=False).encode("ascii")


@dataclass(frozen=True)
class Ledger:
    """The file of attempts, one line each."""

    path: Path

    def append(self, attempt: Attempt) -> None:
        """Add an attempt, whole or not at all, and only return when it is on the disk."""
        with exclusive(self.path.with_suffix(".lock"), wait=True):
            closing = _CUT_OFF if self.ends_torn() else b""
            append_line(self.path, attempt.to_line(), closing=closing)

    def read(self) -> tuple[Attempt, ...]:
        """Read every whole attempt, oldest first; :meth:`torn` names the rest.

        Raises
        ------
        LedgerError
            When a newer workbench wrote it.
        """
        found = (_parse(line, _attempt) for _, line in self._lines())
        return tuple(attempt for attempt in found if attempt)

    def summaries(self) -> tuple[Summary, ...]:
        """Read the same without the evidence, in a fraction of the time.

        Raises
        ------
        LedgerError
            When a newer workbench wrote it.
        """
        lines = [line for _, line in self._lines()]
        found = [_parse(line, _summary) for line in lines[:-1]]
        last = [_parse(line, _attempt) for line in lines[-1:]]  # it may be cut off in its evidence
        return tuple(s for s in (*found, *(a and a.summary for a in last)) if s)

    def torn(self) -> tuple[int, ...]:
        """Numbers of the lines that a kill or a full disk cut off; they stay in the file."""
        return tuple(number for number, line in self._lines() if not _parse(line, _attempt))

    def ends_torn(self) -> bool:
        """Whether the last line is cut off."""
        lines = [line for _, line in self._lines()]
        return not all(_parse(line, _attempt) for line in lines[-1:])

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        text = self.path.read_bytes() if self.path.exists() else b""
        for number, line in enumerate(text.split(b"\n"), start=1):
            if line.strip():
                yield number, line


@dataclass(frozen=True)
class Progress:
    """How far the learner is with one exercise.

    Parameters
    ----------
    state
        ``not attempted``, ``tried``, ``passed`` or ``given up``.
    best
        Points of the best attempt.
    attempts
        Number of checks; those that failed by a fault of ours do not count.
    gave_up
        Whether the solution was opened before a pass.
    """

    exercise: Exercise
    state: str
    best: int
    attempts: int
    gave_up: bool

    @property
    def max(self) -> int:
        """Points that the exercise offers."""
        return self.exercise.max_score

    @property
    def done(self) -> bool:
        """Whether ``next`` moves on."""
        return self.state in ("passed", "given up")


def progress(made: Iterable[Attempt | Summary], course: Course) -> Mapping[str, Progress]:
    """Derive each exercise's progress, by id."""
    summaries = [each.summary if isinstance(each, Attempt) else each for each in made]
    return {
        exercise.id: _progress([s for s in summaries if s.exercise == exercise.id], exercise)
        for exercise in course
    }


def _progress(made: Sequence[Summary], exercise: Exercise) -> Progress:
    judged = [s for s in made if s.outcome not in (None, Outcome.GRADER_ERROR)]
    gave_up = any(s.kind == "solution" and s.details.get("gave_up") for s in made)
    if any(s.outcome is Outcome.PASSED for s in judged):
        state = "passed"
    elif gave_up:
        state = "given up"
    elif any(s.outcome is not Outcome.NOT_ATTEMPTED for s in judged):
        state = "tried"
    else:
        state = "not attempted"
    best = max((s.score for s in judged), default=0)
    return Progress(exercise, state, best, len(judged), gave_up)


def _first_missed(result: Result | None) -> str:
    calm = {Outcome.PASSED, Outcome.SKIPPED, Outcome.NOT_RUN}
    checks = result.checks if result else ()
    return next((check.id for check in checks if check.outcome not in calm), "")


def _parse(line: bytes, read: Callable[[bytes], T]) -> T | None:
    """Read a line; None when it is cut off."""
    try:
        return read(line) if line.endswith(b"}") else None
    except ResultError as problem:
        raise LedgerError(str(problem)) from problem
    except (ValueError, KeyError, TypeError):
        return None


def _attempt(line: bytes) -> Attempt:
    record = _record(line)
    result = record["result"] and Result.from_json(json.dumps(record["result"]))
    return Attempt(
        kind=record["kind"],
        exercise=record["exercise"],
        id=record["id"],
        time=datetime.fromisoformat(record["time"]),
        result=result,
        files=record["files"],
        details=record["details"],
    )


def _summary(line: bytes) -> Summary:
    record = _record(line.partition(_BEFORE_RESULT)[0] + b"}")
    outcome = record["outcome"] and Outcome(record["outcome"])
    names = ("kind", "exercise", "score", "missed", "details")
    return Summary(outcome=outcome, **{name: record[name] for name in names})


def _record(text: bytes) -> Any:
    record = json.loads(text)
    if record["version"] > VERSION:
        raise LedgerError(
            f"The ledger holds attempts of version {record['version']}; this workbench reads up "
            f"to {VERSION}. Upgrade with `pip install -U mlops-workbench`."
        )
    return record
