"""The files of an exercise: all there, nothing else, readable."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from workbench.author.findings import Finding
from workbench.author.places import Place
from workbench.author.variants import SHELVES, Kind, entries, fits
from workbench.course import Exercise

_TEXTS = ("README.md", "exercise.toml", "checks.py", "hints.md", "after.md")
_AT_LEAST = {Kind.ALTERNATIVE: 1, Kind.MISTAKE: 4, Kind.CONSTANT: 2}


def texts_are_there(place: Place) -> Iterator[Finding]:
    """Look for the files that every exercise has, and for its solution folder."""
    for name in _TEXTS:
        if not (place.folder / name).is_file():
            yield Finding(place.folder / name, 0, "This file is missing; write it.")
    if not place.solution.is_dir():
        yield Finding(place.solution, 0, "This folder is missing; it holds the reference.")


def submit_files_are_there(exercise: Exercise) -> Iterator[Finding]:
    """Look for the submit files of starter and reference."""
    for folder, role in ((exercise.folder, "starter"), (exercise.solution, "reference")):
        for name in exercise.submit:
            if not (folder / name).is_file():
                yield Finding(folder / name, 0, f"This file of the {role} is missing; write it.")
    for name in exercise.given:
        if not (exercise.folder / name).is_file():
            yield Finding(exercise.folder / name, 0, "This given file is missing; write it.")


def shelves_are_filled(exercise: Exercise) -> Iterator[Finding]:
    """Count alternatives, mistakes and constants."""
    for kind, shelf in SHELVES.items():
        folder = exercise.solution / shelf
        count = sum(fits(path, exercise) for path in entries(folder))
        if count < _AT_LEAST[kind]:
            advice = f"There are {count} {shelf}; write {_AT_LEAST[kind]} or more."
            yield Finding(folder, 0, advice)


def material_is_named(exercise: Exercise) -> Iterator[Finding]:
    """Look for files that learners get and that the README does not tell them of."""
    readme = exercise.text("README.md")
    for path in entries(exercise.folder):
        known = path.name in (*_TEXTS, *exercise.submit) or path.name[0] == "_"
        if not known and path.name not in readme:
            yield Finding(path, 0, "Learners get this; name it in the README, or remove it.")


def nothing_is_astray(exercise: Exercise) -> Iterator[Finding]:
    """Look for files that stand for nothing in the solution folder."""
    for path in entries(exercise.solution):
        if path.name not in (*exercise.submit, *SHELVES.values()):
            yield Finding(path, 0, "No solution file has this name; remove it.")
    for shelf in SHELVES.values():
        yield from _strangers(exercise.solution / shelf, exercise)


def python_can_be_read(exercise: Exercise) -> Iterator[Finding]:
    """Parse every Python file."""
    for path in python_files(exercise):
        try:
            ast.parse(path.read_text(encoding="utf-8"))
        except SyntaxError as problem:
            yield Finding(path, problem.lineno or 0, f"Python cannot read this: {problem.msg}.")


def python_files(exercise: Exercise) -> list[Path]:
    """List starter, checks, reference and variants."""
    found = [*exercise.folder.rglob("*.py"), *exercise.solution.rglob("*.py")]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def _strangers(shelf: Path, exercise: Exercise) -> Iterator[Finding]:
    one = len(exercise.submit) == 1
    wanted = f"a file NAME{Path(exercise.submit[0]).suffix}" if one else "a folder"
    files = " and ".join(exercise.submit)
    for path in entries(shelf):
        if not fits(path, exercise):
            yield Finding(path, 0, f"This stands in for nothing; make it {wanted} for {files}.")
