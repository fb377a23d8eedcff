"""Where the exercises of a course lie. Found by listing, also where one cannot be loaded."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from workbench.course import Exercise, UnknownExercise, load_exercise
from workbench.declarations import CourseError

_NUMBERED = "[0-9]*_*"


@dataclass(frozen=True)
class Place:
    """An exercise folder and its solution folder.

    Parameters
    ----------
    root
        The course's folder.
    stage, name
        Names of the stage's and the exercise's folders.
    """

    root: Path
    stage: str
    name: str

    @property
    def folder(self) -> Path:
        """The exercise folder."""
        return self.root / "exercises" / self.stage / self.name

    @property
    def solution(self) -> Path:
        """The solution folder."""
        return self.root / "solutions" / self.stage / self.name

    @property
    def id(self) -> str:
        """The folder's name without its number; lint sees to it that exercise.toml agrees."""
        return self.name.partition("_")[2]

    def load(self) -> Exercise:
        """Read the exercise.

        Raises
        ------
        CourseError
            With the file, and the line where there is one.
        """
        return load_exercise(self.folder, self.solution)


def list_places(root: Path, room: str = "exercises") -> tuple[Place, ...]:
    """List the numbered folders of ``exercises/`` or ``solutions/``, in the course's order.

    Raises
    ------
    CourseError
        When there is no such folder.
    """
    if not (root / room).is_dir():
        raise CourseError(f"{root} holds no {room}/ folder.")
    found = (path for path in (root / room).glob(f"{_NUMBERED}/{_NUMBERED}") if path.is_dir())
    places = [Place(root, path.parent.name, path.name) for path in found]
    return tuple(sorted(places, key=lambda place: (number(place.stage), number(place.name))))


def choose_places(root: Path, name: str | None) -> tuple[Place, ...]:
    """Find the exercise of a name, or all without one.

    Raises
    ------
    UnknownExercise
        When there is none of that name, or it fits several.
    """
    places = list_places(root)
    if name is None:
        return places
    wanted = name.strip("/").lower()
    exact = [place for place in places if wanted in _names(place)]
    found = exact or [p for p in places if any(n.startswith(wanted) for n in _names(p))]
    if len(found) == 1:
        return tuple(found)
    raise UnknownExercise(_advice(name, found, places))


def number(name: str) -> int:
    """Read the number that a folder's name begins with."""
    digits = name.partition("_")[0]
    return int(digits) if digits.isdecimal() else 0


def _names(place: Place) -> tuple[str, ...]:
    stage = place.stage
    return place.id, place.name, f"{stage}/{place.id}", f"{stage}/{place.name}"


def _advice(name: str, found: list[Place], places: tuple[Place, ...]) -> str:
    if found:
        listed = ", ".join(place.id for place in found)
        return f'"{name}" could be {listed}. Give more of the name.'
    near = difflib.get_close_matches(name, [place.id for place in places], n=1, cutoff=0.5)
    advice = f'Did you mean "{near[0]}"?' if near else "`workbench list` shows them all."
    return f'There is no exercise "{name}". {advice}'
