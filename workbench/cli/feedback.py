"""What a learner is told after a verdict: help when stuck, praise when through."""

from __future__ import annotations

import re

from workbench.course import Exercise
from workbench.hints import next_hint
from workbench.results import CheckResult, Outcome, Result
from workbench.workspace.attempts import Ledger
from workbench.workspace.desk import Desk

_CALM = {Outcome.PASSED, Outcome.SKIPPED, Outcome.NOT_RUN, Outcome.NOT_ATTEMPTED}
_START = 60  # characters


def offer_hint(ledger: Ledger, exercise: Exercise, how: str) -> str:
    """Say which hint comes next, when the last two judgements failed at the same; else nothing.

    Parameters
    ----------
    how
        What opens the hint: a command or a key.
    """
    results = [a.result for a in ledger.latest(exercise.id, 2) if a.result]
    missed = [_first_missed(result) for result in results]
    if len(missed) < 2 or not missed[0] or not missed[1] or not _alike(missed[0], missed[1]):
        return ""
    number = 1 + [check.id for check in results[0].checks].index(missed[0].id)
    hint = next_hint(exercise, ledger.summaries())
    opens = f"opens {hint.name}" if hint.rung else "tells what is left: all hints are open"
    return f"Check {number} says the same as before. {how} {opens}."


def praise_stage(desk: Desk, exercise: Exercise) -> str:
    """Say that the exercise's stage is done, once all of it is; else nothing."""
    stage = next(stage for stage in desk.course.stages if exercise in stage.exercises)
    done = all(desk.progress[each.id].done for each in stage.exercises)
    return f"The stage {stage.title} is done." * done


def _first_missed(result: Result) -> CheckResult | None:
    if result.outcome is Outcome.GRADER_ERROR:
        return None
    return next((check for check in result.checks if check.outcome not in _CALM), None)


def _alike(one: CheckResult, other: CheckResult) -> bool:
    return (one.id, one.outcome, _start(one)) == (other.id, other.outcome, _start(other))


def _start(check: CheckResult) -> str:
    """Cut a message before its first number: numbers differ where the mistake is the same."""
    return re.split(r"\d", check.message, maxsplit=1)[0][:_START]
