"""Where the learner stands: the course, the workspace, the progress, the exercise at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from workbench.course import Course, Exercise, load_course
from workbench.paths import chosen_course
from workbench.workspace.attempts import Summary
from workbench.workspace.folder import NoWorkspace, Workspace, find_workspace
from workbench.workspace.progress import Progress, progress
from workbench.workspace.testing_out import open_test_outs


class NotYet(Exception):
    """What was asked for opens later; the message says when."""


@dataclass(frozen=True)
class Desk:
    """A course, and the workspace in which a learner takes it."""

    course: Course
    workspace: Workspace

    @cached_property
    def attempts(self) -> tuple[Summary, ...]:
        """What the learner has done, oldest first."""
        return self.workspace.ledger.summaries()

    @cached_property
    def progress(self) -> Mapping[str, Progress]:
        """How far the learner is, by exercise."""
        return progress(self.attempts, self.course)

    @property
    def next(self) -> Exercise | None:
        """The first exercise that is not done: of those that stand for a stage, if there are.

        Else of those whose groundwork is done, if there are.
        """
        left = [exercise for exercise in self.course if not self.progress[exercise.id].done]
        standing = [exercise for exercise in left if exercise.id in open_test_outs(self.attempts)]
        ready = [exercise for exercise in left if self._is_ready(exercise)]
        return next(iter(standing + ready + left), None)

    def choose(self, name: str | None, here: Path) -> Exercise:
        """Find an exercise: by its name, else the one whose folder ``here`` is in, else the next.

        Raises
        ------
        UnknownExercise
            When none has that name.
        NotYet
            When none is named and all are done.
        """
        if name:
            return self.course.find(name)
        around = (e for e in self.course if here.is_relative_to(self.workspace.folder(e)))
        chosen = next(around, None) or self.next
        if chosen is None:
            raise NotYet("Every exercise is done. Name one: `workbench list` shows them all.")
        return chosen

    def _is_ready(self, exercise: Exercise) -> bool:
        return all(self.progress[name].done for name in exercise.after if name in self.progress)


def open_course() -> Course:
    """Load the course: ours, or the one in the folder that ``WORKBENCH_COURSE`` names."""
    return load_course(chosen_course())


def open_desk() -> Desk:
    """Open the course and the workspace that the current folder is in.

    Raises
    ------
    NoWorkspace
        When it is in none.
    """
    return Desk(open_course(), find_workspace(Path.cwd()))


def usual_folder() -> Path:
    """Where ``start`` makes a workspace when it is not told: the one we are in, or a new one."""
    try:
        return find_workspace(Path.cwd()).root
    except NoWorkspace:
        return Path("flight-desk")
