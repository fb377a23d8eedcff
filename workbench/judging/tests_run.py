"""A learner's tests, run against models that live in the judge.

While a file of tests runs, the learner process asks: a frame comes over the channel, the model's
answer goes back. A test cannot look inside the model, and nothing but its answers tells one model
from another: each gets a process of its own, in an order that nobody knows, and answers come at
full ticks of a clock.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

import pandas as pd

from workbench.judging.packing import pack
from workbench.judging.untrusted import NotPlain
from workbench.judging.verdicts import BadAnswer, NotAttempted, Verdict
from workbench.judging.wire import Packed

MAX_QUESTION_BYTES: Final = 4 * 2**20
MAX_QUESTIONS: Final = 1_000
MAX_ROWS: Final = 20_000
MAX_ROWS_IN_ALL: Final = 400_000
MAX_CASES: Final = 300
_LONGEST_NAME = 500
_TOLD = ("passed", "failed", "error", "skipped")
# Models differ in how long they think, and faulty ones may think longer than sound ones.
_TICK = 0.003

Model = Callable[[pd.DataFrame], Any]
Name = TypeVar("Name", bound=Hashable)


class QuestionRefused(Exception):
    """Raised by a model for a frame that is not as agreed; the test gets a ValueError.

    Whatever else a model raises is the fault of whoever wrote the check.
    """


class CaseOutcome(StrEnum):
    """How a case ended. Only ``FAILED``, an assertion in the test itself, speaks of the model."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    UNWRITTEN = "unwritten"  # the starter's NotImplementedError


@dataclass(frozen=True)
class Case:
    """One test with its parameters, as the learner process tells that it ended."""

    name: str
    outcome: CaseOutcome
    text: str = ""


class Interview:
    """Answers the questions of one run, and counts them."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._questions = 0
        self._rows = 0

    def answer(self, question: object) -> Packed:
        """Let the model answer one question.

        Raises
        ------
        BadAnswer
            When there were too many, or too many rows.
        NotPlain
            When it is no frame.
        """
        started = time.monotonic()
        if not isinstance(question, pd.DataFrame):
            raise NotPlain("a question that is no frame")
        self._count(len(question))
        try:
            answer: dict[str, Any] = {"answer": self._model(question)}
        except QuestionRefused as problem:
            answer = {"refused": str(problem)}
        packed = _pack_ours(answer)
        time.sleep(-(time.monotonic() - started) % _TICK)
        return packed

    def _count(self, rows: int) -> None:
        self._questions += 1
        self._rows += rows
        if self._questions > MAX_QUESTIONS:
            raise BadAnswer(
                "Ask about many flights at once: the tests asked the model more than "
                f"{MAX_QUESTIONS:,} times."
            )
        if rows > MAX_ROWS or self._rows > MAX_ROWS_IN_ALL:
            raise BadAnswer(
                f"Ask about fewer flights: {MAX_ROWS:,} at a time and {MAX_ROWS_IN_ALL:,} in all "
                "are answered."
            )


def shuffled(names: Iterable[Name]) -> list[Name]:
    """Order names as nobody can foresee, whatever the seed."""
    order = list(names)
    secrets.SystemRandom().shuffle(order)
    return order


def read_cases(told: object, weigh: Callable[[str, Any], Verdict]) -> dict[str, Case]:
    """Read what a learner process tells of its tests.

    Parameters
    ----------
    told
        A list of [name, outcome, description]: a claim.
    weigh
        Turns a name and the description of what was raised into a verdict.

    Raises
    ------
    BadAnswer
        When it is malformed, or there is no test, or too many.
    NotAttempted
        When no test is written yet.
    """
    if type(told) is not list:
        raise _malformed()
    if not told:
        raise BadAnswer("Write a test: a function whose name begins with `test_`.")
    if len(told) > MAX_CASES:
        raise BadAnswer(f"Write at most {MAX_CASES} tests; parameters count one by one.")
    cases = [_case(entry, weigh) for entry in told]
    found = {case.name: case for case in cases}
    if len(found) < len(cases):
        raise _malformed()
    if all(case.outcome is CaseOutcome.UNWRITTEN for case in cases):
        raise NotAttempted(cases[0].text)
    return found


def _case(entry: object, weigh: Callable[[str, Any], Verdict]) -> Case:
    if not (type(entry) is list and len(entry) == 3 and all(type(t) is str for t in entry[:2])):
        raise _malformed()
    name, outcome, description = entry
    if outcome not in _TOLD or len(name) > _LONGEST_NAME:
        raise _malformed()
    if description is None:
        return Case(name, CaseOutcome(outcome))
    verdict = weigh(f"`{name}`", description)
    if isinstance(verdict, BadAnswer):
        raise verdict
    if isinstance(verdict, NotAttempted):
        return Case(name, CaseOutcome.UNWRITTEN, verdict.message)
    return Case(name, CaseOutcome(outcome), verdict.message)


def _malformed() -> BadAnswer:
    return BadAnswer("The file of tests answered with a malformed message.")


def _pack_ours(answer: Mapping[str, Any]) -> Packed:
    try:
        return pack(answer)
    except NotPlain as problem:  # not to be taken for the learner's
        raise TypeError(f"The model answered with {problem}.") from problem
