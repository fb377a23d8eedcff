"""The ladders of ``hints.md``: which rung comes next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.course import Exercise
from workbench.declarations import CourseError
from workbench.results import Outcome
from workbench.workspace.attempts import Attempt, Summary
from workbench.workspace.desk import Desk

_TASK = re.compile(r"^##\s+Task\s+(\d+)\s*:?\s*(.*)$", re.MULTILINE)
_RUNG = re.compile(r"^###\s+\d+\s*$", re.MULTILINE)
_CHECKS = re.compile(r"<!--\s*checks:(.*?)-->", re.DOTALL)


class UnknownTask(Exception):
    """The exercise has no ladder for the task that was asked for."""


@dataclass(frozen=True)
class Ladder:
    """The hints for one task, from a question to a skeleton.

    Parameters
    ----------
    checks
        Ids of the checks that judge the task, from a line ``<!-- checks: one, two -->``.
    """

    task: int
    title: str
    rungs: tuple[str, ...]
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hint:
    """What to show, and the rung that it opens: 0 where nothing new is opened."""

    text: str
    task: int = 0
    rung: int = 0
    name: str = ""


def open_hint(desk: Desk, exercise: Exercise, task: int | None = None) -> str:
    """Take the next rung, and write down that it was opened.

    Raises
    ------
    UnknownTask
        When there is no ladder for ``task``.
    """
    taken = next_hint(exercise, desk.attempts, task)
    if taken.rung:
        details = {"task": taken.task, "rung": taken.rung}
        desk.workspace.ledger.append(Attempt("hint", exercise.id, details=details))
    return taken.text


def next_hint(exercise: Exercise, attempts: Sequence[Summary], task: int | None = None) -> Hint:
    """Take the next rung of a ladder: of the task asked for, else of the one to mend first.

    Raises
    ------
    UnknownTask
        When there is no ladder for ``task``.
    """
    made = [attempt for attempt in attempts if attempt.exercise == exercise.id]
    ladders = read_ladders(exercise)
    opened = Counter(attempt.details["task"] for attempt in made if attempt.kind == "hint")
    judged = next((attempt for attempt in reversed(made) if attempt.outcome), None)
    begun = judged and judged.outcome is not Outcome.NOT_ATTEMPTED
    missed = judged.missed if judged and begun else ""  # who has not begun starts at the first task
    ladder = _choose(ladders, opened, missed, task)
    if ladder is None:
        return Hint(_all_open(exercise))
    if opened[ladder.task] >= len(ladder.rungs):
        return Hint("\n\n".join([_head(ladder), *ladder.rungs]))
    rung = opened[ladder.task] + 1
    place = f"{rung} of {len(ladder.rungs)}"
    text = f"{_head(ladder)} ({place})\n\n{ladder.rungs[rung - 1]}"
    return Hint(text, ladder.task, rung, f"hint {place} for task {ladder.task}, {ladder.title}")


def read_ladders(exercise: Exercise) -> tuple[Ladder, ...]:
    """Read ``hints.md``: sections ``## Task N: title`` with rungs ``### 1``, ``### 2``, ...

    Raises
    ------
    CourseError
        When it holds no ladder, or one without rungs.
    """
    parts = _TASK.split(exercise.text("hints.md"))[1:]
    sections = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ladders = tuple(_ladder(*section) for section in sections)
    if not ladders or not all(ladder.rungs for ladder in ladders):
        raise CourseError(f"{exercise.folder / 'hints.md'} needs `## Task N: title`, then `### 1`.")
    return ladders


def _choose(
    ladders: Sequence[Ladder], opened: Counter[int], missed: str, task: int | None
) -> Ladder | None:
    if task is not None:
        return _ladder_of(task, ladders)
    unfinished = [ladder for ladder in ladders if opened[ladder.task] < len(ladder.rungs)]
    fitting = [ladder for ladder in unfinished if missed in ladder.checks]
    return next(iter(fitting + unfinished), None)


def _ladder_of(task: int, ladders: Sequence[Ladder]) -> Ladder:
    for ladder in ladders:
        if ladder.task == task:
            return ladder
    known = ", ".join(str(ladder.task) for ladder in ladders)
    raise UnknownTask(f"There are no hints for task {task}; there are for {known}.")


def _ladder(number: str, title: str, body: str) -> Ladder:
    named = _CHECKS.search(body)
    checks = tuple(re.findall(r"\w+", named[1])) if named else ()
    rungs = tuple(rung.strip() for rung in _RUNG.split(body)[1:])
    return Ladder(int(number), title.strip(), rungs, checks)


def _head(ladder: Ladder) -> str:
    return f"**Task {ladder.task}: {ladder.title}**"


def _all_open(exercise: Exercise) -> str:
    return (
        f"All hints of {exercise.id} are open: `workbench hint {exercise.id} --task 1` shows those "
        f"of a task again, `workbench solution {exercise.id} --give-up` shows a solution."
    )
