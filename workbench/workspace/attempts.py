"""The ledger of attempts: appended to, never rewritten."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from workbench import __version__
from workbench.results import Outcome, Result, ResultError
from workbench.workspace.durable import append_line, exclusive

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
        ``check``, ``hint``, ``solution``, ``reset`` or ``test-out``.
    exercise
        Id of the exercise.
    result
        The judgement; only a ``check`` has one.
    files
        SHA-256 of each submitted file, by name; their snapshot is kept under ``id``.
    details
        Plain JSON data: the versions of a check, the rung of a hint, the folder of a backup.
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

    def to_line(self, by: str = __version__) -> bytes:
        """Write the attempt as one line of ASCII; `by` is the version that made it."""
        record = {
            "version": VERSION,
            "id": self.id,
            "time": self.time.isoformat(),
            **asdict(self.summary),
            "files": dict(self.files),
            "workbench": by,
            "result": json.loads(self.result.to_json()) if self.result else None,
        }
        return json.dumps(record, allow_nan=False).encode("ascii")


@dataclass(frozen=True)
class Ledger:
    """The file of attempts, one line each."""

    path: Path

    def append(self, attempt: Attempt) -> None:
        """Add an attempt, whole or not at all, and only return when it is on the disk."""
        self.extend([attempt.to_line()])

    def extend(self, lines: Sequence[bytes]) -> None:
        """Add lines that :meth:`Attempt.to_line` made, all of them or none."""
        with exclusive(self.path.with_suffix(".lock"), wait=True):
            closing = _CUT_OFF if self.ends_torn() else b""
            append_line(self.path, b"\n".join(lines), closing=closing)

    def whole_lines(self) -> tuple[bytes, ...]:
        """Read the lines as they are, but for those that are cut off."""
        return tuple(line for _, line in self._lines() if _parse(line, _attempt))

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

    def latest(self, exercise: str, count: int) -> tuple[Attempt, ...]:
        """Read the last judgements of an exercise, newest first; no other evidence is parsed."""
        lines = (line for _, line in reversed(list(self._lines())))
        judged = (line for line in lines if _is_judgement(_parse(line, _summary), exercise))
        found = (_parse(line, _attempt) for line in judged)
        return tuple(itertools.islice((attempt for attempt in found if attempt), count))

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


def read_line(line: bytes) -> tuple[Attempt, str] | None:
    """Read a line, and which version made it; None when it is not whole or not sound.

    Raises
    ------
    LedgerError
        When a newer workbench wrote it.
    """
    attempt = _parse(line, _attempt)
    by = json.loads(line).get("workbench") if attempt else None
    try:
        return (attempt, by) if attempt and isinstance(by, str) and _is_sound(attempt) else None
    except (AttributeError, TypeError):
        return None


def _is_sound(attempt: Attempt) -> bool:
    """Tell whether all that progress, hints and reports rely on is of its type."""
    checks = attempt.result.checks if attempt.result else ()
    words = (attempt.kind, attempt.exercise, *attempt.files.keys(), *attempt.files.values())
    texts = (text for c in checks for text in (c.id, c.title, c.message, c.hint, c.output))
    numbers = (number for c in checks for number in (c.points, c.max_points))
    task = attempt.details.get("task")
    return (
        re.fullmatch("[0-9a-f]{32}", attempt.id) is not None
        and attempt.time.tzinfo is not None
        and all(isinstance(text, str) for text in (*words, *texts))
        and all(isinstance(number, int) for number in numbers)
        and (attempt.kind != "hint" or isinstance(task, int))
    )


def _is_judgement(summary: Summary | None, exercise: str) -> bool:
    return summary is not None and summary.exercise == exercise and summary.outcome is not None


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
    record = _head(line)
    outcome = record["outcome"] and Outcome(record["outcome"])
    names = ("kind", "exercise", "score", "missed", "details")
    return Summary(outcome=outcome, **{name: record[name] for name in names})


def _head(line: bytes) -> Any:
    """Read what stands before the result; one inside of the details ends no whole object."""
    at = line.find(_BEFORE_RESULT)
    while at >= 0:
        with contextlib.suppress(json.JSONDecodeError):
            return _record(line[:at] + b"}")
        at = line.find(_BEFORE_RESULT, at + 1)
    raise ValueError("The line has no result.")


def _record(text: bytes) -> Any:
    record = json.loads(text)
    if record["version"] > VERSION:
        raise LedgerError(
            f"The ledger holds attempts of version {record['version']}; this workbench reads up "
            f"to {VERSION}. Upgrade with `pip install -U mlops-workbench`."
        )
    return record
