"""Judging an author's variants over many seeds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.author.expected import BROKEN, tell_broken
from workbench.author.variants import Variant
from workbench.course import Exercise
from workbench.declarations import CourseError
from workbench.judging.grade import Grader
from workbench.results import Result


class CheckBroken(CourseError):
    """A check, or checks.py as a whole, does not run: the message has its traceback."""


@dataclass(frozen=True)
class Trial:
    """One variant, judged with one seed."""

    variant: Variant
    result: Result


def run_trials(
    exercise: Exercise, variants: Sequence[Variant], seeds: Sequence[int]
) -> Iterator[Trial]:
    """Judge every variant with every seed, with one warm grader.

    Raises
    ------
    CheckBroken
        At the first check that is at fault itself.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        Grader(exercise.needs, exercise.imports) as grader,
    ):
        laid = [(variant, variant.lay_out(Path(folder))) for variant in variants]
        for seed in seeds:
            for variant, submission in laid:
                result = grader.grade(exercise, submission, seed=seed)
                _refuse_broken(exercise, variant, result)
                yield Trial(variant, result)


def _refuse_broken(exercise: Exercise, variant: Variant, result: Result) -> None:
    for check in result.checks:
        if check.outcome in BROKEN:
            which = f"{exercise.id}, {variant}, seed {result.seed}"
            raise CheckBroken(f"{which}: {tell_broken(check)}")
