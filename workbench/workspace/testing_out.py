"""Testing out of a stage: who passes its last exercise need not do those before it.

The ledger holds the last exercise's id, so what was tested out stays so when a stage is
renumbered or grows at its end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.course import Course, Exercise, Stage
from workbench.results import Outcome
from workbench.workspace.attempts import Attempt, Ledger, Summary

KIND = "test-out"


class NoTestOut(Exception):
    """The stage cannot be tested out of; the message says why."""


def find_stage(course: Course, name: str) -> Stage:
    """Find a stage by its number, its name, or the beginning of one of them.

    Raises
    ------
    NoTestOut
        When there is none, or more than one.
    """
    wanted = re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_")
    for fits in (str.__eq__, str.startswith):
        found = [s for s in course.stages if any(fits(known, wanted) for known in _names(s))]
        if len(found) == 1 and wanted:
            return found[0]
    stages = ", ".join(stage.id for stage in course.stages)
    raise NoTestOut(f'"{name}" is not one stage. Give one of {stages}.')


def declare(ledger: Ledger, stage: Stage) -> Exercise:
    """Write down that the stage is to be counted once its last exercise is passed.

    Raises
    ------
    NoTestOut
        When there is nothing to leave out, or the solution has been opened.
    """
    *before, last = stage.exercises
    if not before:
        raise NoTestOut(
            f"{stage.title} has one exercise only. Pass it: `workbench check {last.id}`."
        )
    if any(s.exercise == last.id and s.details.get("gave_up") for s in ledger.summaries()):
        raise NoTestOut(
            f"The solution of {last.id} was opened, so it cannot stand for the stage. "
            f"`workbench next` goes on with the exercises before it."
        )
    ledger.append(Attempt(KIND, last.id, details={"undone": False}))
    return last


def undo(ledger: Ledger, stage: Stage) -> None:
    """Write down that the stage is not to be counted.

    Raises
    ------
    NoTestOut
        When it was not declared.
    """
    declared = _declared(ledger.summaries())
    found = [exercise for exercise in stage.exercises if exercise.id in declared]
    if not found:
        raise NoTestOut(f"You did not test out of {stage.title}; nothing was changed.")
    for exercise in found:
        ledger.append(Attempt(KIND, exercise.id, details={"undone": True}))


def tested_out(made: Sequence[Summary], course: Course) -> frozenset[str]:
    """Ids of the exercises that a passed one stands for."""
    passed = {name for name, won in _declared(made).items() if won}
    counted: set[str] = set()
    for stage in course.stages:
        ids = [exercise.id for exercise in stage.exercises]
        last = max((ids.index(name) for name in passed.intersection(ids)), default=0)
        counted.update(ids[:last])
    return frozenset(counted)


def open_test_outs(made: Sequence[Summary]) -> frozenset[str]:
    """Ids of the exercises that were declared, and not passed since."""
    return frozenset(name for name, won in _declared(made).items() if not won)


def _declared(made: Sequence[Summary]) -> dict[str, bool]:
    """Map each declared exercise to whether it was passed since, without the solution."""
    found: dict[str, bool] = {}
    shown: set[str] = set()
    for summary in made:
        name = summary.exercise
        if summary.kind == KIND and summary.details.get("undone"):
            found.pop(name, None)
        elif summary.kind == KIND:
            found.setdefault(name, False)
        elif summary.kind == "solution" and summary.details.get("gave_up"):
            shown.add(name)
        elif summary.outcome is Outcome.PASSED and name in found and name not in shown:
            found[name] = True
    return found


def _names(stage: Stage) -> tuple[str, ...]:
    number, _, name = stage.id.lower().partition("_")
    return stage.id.lower(), name, number, number.lstrip("0")
