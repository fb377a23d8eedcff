"""How far the learner is: derived from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.course import Course, Exercise
from workbench.results import Outcome
from workbench.workspace.attempts import Attempt, Summary
from workbench.workspace.testing_out import tested_out


@dataclass(frozen=True)
class Progress:
    """How far the learner is with one exercise.

    Parameters
    ----------
    state
        ``not attempted``, ``tried``, ``passed``, ``given up`` or ``tested out``.
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
    def standing(self) -> str:
        """The state in words, with what goes with a pass."""
        helped = self.gave_up and self.state == "passed"
        return "passed, with the solution" if helped else self.state

    @property
    def max(self) -> int:
        """Points that the exercise offers."""
        return self.exercise.max_score

    @property
    def done(self) -> bool:
        """Whether ``next`` moves on."""
        return self.state in ("passed", "given up", "tested out")


def progress(made: Iterable[Attempt | Summary], course: Course) -> Mapping[str, Progress]:
    """Derive each exercise's progress, by id."""
    summaries = [each.summary if isinstance(each, Attempt) else each for each in made]
    counted = tested_out(summaries, course)
    return {
        exercise.id: _progress(
            [s for s in summaries if s.exercise == exercise.id], exercise, exercise.id in counted
        )
        for exercise in course
    }


def _progress(made: Sequence[Summary], exercise: Exercise, counted: bool) -> Progress:
    judged = [s for s in made if s.outcome not in (None, Outcome.GRADER_ERROR)]
    gave_up = any(s.kind == "solution" and s.details.get("gave_up") for s in made)
    if any(s.outcome is Outcome.PASSED for s in judged):
        state = "passed"
    elif gave_up:
        state = "given up"
    elif counted:
        state = "tested out"
    elif any(s.outcome is not Outcome.NOT_ATTEMPTED for s in judged):
        state = "tried"
    else:
        state = "not attempted"
    best = max((s.score for s in judged), default=0)
    return Progress(exercise, state, best, len(judged), gave_up)
