"""A course: stages and exercises, read from folders. Light: nothing is imported or run."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from workbench.declarations import CourseError, Criterion, read_criteria, read_imports, read_text


class UnknownExercise(Exception):
    """No exercise, or more than one, goes by the name that was given."""


@dataclass(frozen=True)
class Limit:
    """A limit of an exercise, and the range in which the reference was measured."""

    value: float
    reference: tuple[float, float] | None = None


@dataclass(frozen=True)
class Exercise:
    """One exercise folder and its solution folder.

    `submit` are the files that a learner hands in, `given` those that they may import: the
    judge lays the course's own copy of them beside the submission. `asks` is what it asks of an
    engineer, in one sentence for those who don't know it. `only` are the checks that are judged;
    all of them where it is empty.
    """

    id: str
    title: str
    stage: str
    folder: Path
    solution: Path
    submit: tuple[str, ...]
    minutes: int
    after: tuple[str, ...]
    terms: tuple[str, ...]
    needs: tuple[str, ...]
    limits: Mapping[str, Limit]
    sample: Mapping[str, Any]
    given: tuple[str, ...] = ()
    asks: str = ""
    call_seconds: float = 10.0
    check_seconds: float = 60.0
    only: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Stage folder and id, the exercise's full name."""
        return f"{self.stage}/{self.id}"

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """The checks, read when they are asked for: parsing them all would slow each command.

        Raises
        ------
        CourseError
            With the line of ``checks.py`` at fault.
        """
        declared = read_criteria(self.folder / "checks.py")
        return tuple(c for c in declared if not self.only or c.id in self.only)

    def narrowed(self, check: str) -> Exercise:
        """Return the exercise with one of its checks, and those whose notes it takes."""
        declared = {criterion.id: criterion for criterion in self.criteria}
        chain = [check]
        while (last := declared.get(chain[-1])) and last.takes_notes and last.requires:
            chain.append(last.requires)
        return replace(self, only=tuple(chain))

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """The modules that the checks import: a judge that has them starts at once.

        Raises
        ------
        CourseError
            With the line of ``checks.py`` at fault.
        """
        return read_imports(self.folder / "checks.py")

    @property
    def max_score(self) -> int:
        """Points that the exercise offers."""
        return sum(criterion.points for criterion in self.criteria)

    def text(self, name: str) -> str:
        """Read ``README.md``, ``hints.md`` or ``after.md`` of the exercise."""
        return read_text(self.folder / name)


@dataclass(frozen=True)
class Stage:
    """A stage of the lifecycle: a folder of exercises."""

    id: str
    exercises: tuple[Exercise, ...]

    @property
    def title(self) -> str:
        """``01_data_validation`` reads "Data validation"."""
        return self.id.split("_", 1)[-1].replace("_", " ").capitalize()


@dataclass(frozen=True)
class Course:
    """All stages, in order."""

    root: Path
    stages: tuple[Stage, ...]

    def __iter__(self) -> Iterator[Exercise]:
        return (exercise for stage in self.stages for exercise in stage.exercises)

    def find(self, name: str) -> Exercise:
        """Find an exercise by id, path, folder, or the beginning of one of them.

        Raises
        ------
        UnknownExercise
            When there is none, with near names, or more than one.
        """
        wanted = name.strip().strip("/").lower()
        named = [(exercise, _names(exercise)) for exercise in self]
        for fits in (str.__eq__, str.startswith):
            found = [e for e, names in named if any(fits(n, wanted) for n in names)]
            if len(found) == 1 and wanted:
                return found[0]
            if len(found) > 1 and wanted:
                listed = ", ".join(exercise.id for exercise in found)
                raise UnknownExercise(f'"{name}" could be {listed}. Give more of the name.')
        raise UnknownExercise(_did_you_mean(name, [exercise.id for exercise in self]))


def load_course(root: Path) -> Course:
    """Read the course under ``root`` (its ``exercises/`` and ``solutions/`` folders).

    Raises
    ------
    CourseError
        Naming the file and what it lacks.
    """
    folder = root / "exercises"
    if not folder.is_dir():
        raise CourseError(f"{root} holds no exercises/ folder.")
    stages = tuple(_load_stage(path, root) for path in _ordered(folder))
    course = Course(root, tuple(stage for stage in stages if stage.exercises))
    _refuse_twins(course)
    return course


def load_exercise(folder: Path, solution: Path) -> Exercise:
    """Read one exercise folder.

    Raises
    ------
    CourseError
        Naming the file and what it lacks.
    """
    path = folder / "exercise.toml"
    try:
        data = tomllib.loads(read_text(path))
        return Exercise(
            id=data["id"],
            title=data["title"],
            stage=folder.parent.name,
            folder=folder,
            solution=solution,
            submit=tuple(data["submit"]),
            minutes=int(data["minutes"]),
            after=tuple(data.get("after", ())),
            terms=tuple(data.get("terms", ())),
            needs=tuple(data.get("needs", ("pandas",))),
            limits={name: _limit(entry) for name, entry in data.get("limits", {}).items()},
            sample=data.get("sample", {}),
            given=tuple(data.get("given", ())),
            asks=str(data.get("asks", "")),
            call_seconds=float(data.get("call_seconds", Exercise.call_seconds)),
            check_seconds=float(data.get("check_seconds", Exercise.check_seconds)),
        )
    except KeyError as missing:
        raise CourseError(f"{path} lacks the key {missing}.") from missing
    except (tomllib.TOMLDecodeError, TypeError, ValueError) as problem:
        raise CourseError(f"{path}: {problem}") from problem


def _load_stage(folder: Path, root: Path) -> Stage:
    exercises = tuple(
        load_exercise(path, root / "solutions" / folder.name / path.name)
        for path in _ordered(folder)
    )
    return Stage(folder.name, exercises)


def _ordered(folder: Path) -> list[Path]:
    """List the numbered folders: 2_ comes before 10_."""
    found = [path for path in folder.iterdir() if path.is_dir() and path.name[0].isdigit()]
    return sorted(found, key=lambda path: (int(re.match(r"\d+", path.name)[0]), path.name))  # type: ignore[index]


def _refuse_twins(course: Course) -> None:
    seen: dict[str, Path] = {}
    for exercise in course:
        if exercise.id in seen:
            raise CourseError(
                f"{exercise.folder} and {seen[exercise.id]} share the id {exercise.id}."
            )
        seen[exercise.id] = exercise.folder


def _limit(entry: Any) -> Limit:
    if isinstance(entry, dict):
        low, high = entry["reference"]
        return Limit(entry["value"], (low, high))
    return Limit(entry)


def _names(exercise: Exercise) -> tuple[str, ...]:
    folder = exercise.folder.name
    return tuple(
        name.lower() for name in (exercise.id, exercise.path, folder, f"{exercise.stage}/{folder}")
    )


def _did_you_mean(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name.rsplit("/", 1)[-1], known, n=1, cutoff=0.5)
    advice = f'Did you mean "{near[0]}"?' if near else "`workbench list` shows them all."
    return f'There is no exercise "{name}". {advice}'
