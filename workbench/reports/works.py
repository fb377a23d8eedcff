"""What a learner did, exercise by exercise, as the pages of a workspace tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.course import Course, Exercise, Stage
from workbench.results import Outcome
from workbench.workspace.attempts import Attempt
from workbench.workspace.progress import Progress, progress

# Beside each symbol stands its word: none carries the meaning alone.
_SYMBOLS = {
    "passed": "✔",
    "tested out": "»",
    "given up": "◇",
    "tried": "◐",
    "not attempted": "○",
}


@dataclass(frozen=True)
class Work:
    """What a learner did on one exercise.

    Parameters
    ----------
    last
        The latest check; None before the first.
    won
        The first check that passed, else None: what it took until then is counted.
    tries
        Checks of work that was begun, up to that pass; a fault of ours is none.
    hints
        Hints opened up to that pass.
    """

    exercise: Exercise
    progress: Progress
    last: Attempt | None
    won: Attempt | None
    tries: int
    hints: int

    @property
    def symbol(self) -> str:
        """Symbol of the state."""
        return _SYMBOLS[self.progress.state]

    @property
    def kind(self) -> str:
        """The state as a name of CSS: what was passed with the solution looks otherwise."""
        helped = self.won and self.progress.gave_up
        return "helped" if helped else self.progress.state.replace(" ", "-")


@dataclass(frozen=True)
class StageWork:
    """What a learner did on one stage."""

    stage: Stage
    works: tuple[Work, ...]

    @property
    def done(self) -> int:
        """How many exercises are behind the learner."""
        return sum(work.progress.done for work in self.works)

    @property
    def passed(self) -> tuple[Work, ...]:
        """Those that were passed."""
        return tuple(work for work in self.works if work.won)


def works(attempts: Iterable[Attempt], course: Course) -> tuple[StageWork, ...]:
    """Read the ledger by stage and exercise, in the course's order."""
    made = tuple(attempts)
    states = progress(made, course)
    return tuple(
        StageWork(stage, tuple(_work(exercise, states, made) for exercise in stage.exercises))
        for stage in course.stages
    )


def _work(exercise: Exercise, states: Mapping[str, Progress], attempts: Sequence[Attempt]) -> Work:
    # an import appends what was done elsewhere, perhaps earlier
    made = sorted((a for a in attempts if a.exercise == exercise.id), key=lambda a: a.time)
    judged = [attempt for attempt in made if attempt.result]
    won = next((attempt for attempt in judged if _outcome(attempt) is Outcome.PASSED), None)
    until = made[: made.index(won) + 1] if won else made
    return Work(
        exercise=exercise,
        progress=states[exercise.id],
        last=judged[-1] if judged else None,
        won=won,
        tries=sum(_is_try(attempt) for attempt in until),
        hints=sum(attempt.kind == "hint" for attempt in until),
    )


def _is_try(attempt: Attempt) -> bool:
    return _outcome(attempt) not in (None, Outcome.GRADER_ERROR, Outcome.NOT_ATTEMPTED)


def _outcome(attempt: Attempt) -> Outcome | None:
    return attempt.result.outcome if attempt.result else None
