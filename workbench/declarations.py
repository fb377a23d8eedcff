"""What ``checks.py`` declares, read without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class CourseError(Exception):
    """A course folder that does not hold what it must: the author's to mend."""


@dataclass(frozen=True)
class Criterion:
    """One check as the exercise declares it, read from ``checks.py`` without running it.

    Parameters
    ----------
    requires
        The check that it waits for.
    takes_notes
        Whether it takes over what the check that it waits for has left.
    """

    id: str
    title: str
    points: int
    requires: str | None
    takes_notes: bool = False


def read_criteria(checks: Path) -> tuple[Criterion, ...]:
    """Read the functions marked ``@criterion(...)`` without importing the file.

    The list of checks and the maximum come from here, so a check that never ran is missed.

    Raises
    ------
    CourseError
        With the line at fault.
    """
    found = [
        _criterion(node, mark, checks)
        for node in _parse(checks).body
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "criterion"
    ]
    if not found:
        raise CourseError(f"{checks} declares no @criterion(points=...).")
    return tuple(found)


def _parse(checks: Path) -> ast.Module:
    try:
        return ast.parse(read_text(checks), filename=str(checks))
    except SyntaxError as problem:
        raise CourseError(f"{checks}:{problem.lineno}: {problem.msg}") from problem


def _criterion(node: ast.FunctionDef, mark: ast.Call, checks: Path) -> Criterion:
    where = f"{checks}:{node.lineno}"
    title = (ast.get_docstring(node) or "").strip()
    if not title:
        raise CourseError(f"{where}: {node.name} needs a docstring, the sentence learners read.")
    try:
        given = {word.arg: ast.literal_eval(word.value) for word in mark.keywords}
        return Criterion(
            node.name,
            " ".join(title.split()),
            int(given["points"]),
            given.get("requires"),
            takes_notes="notes" in {argument.arg for argument in node.args.args},
        )
    except (KeyError, ValueError) as problem:
        raise CourseError(f"{where}: @criterion needs points=, a plain number.") from problem


def read_imports(checks: Path) -> tuple[str, ...]:
    """Read the modules that a judge imports for the checks, its own ones beside them aside.

    Raises
    ------
    CourseError
        With the line at fault.
    """
    files = judges_code(checks)
    own = {file.stem for file in files}
    return tuple(dict.fromkeys(m for file in files for m in _imports(file) if m not in own))


def judges_code(checks: Path) -> tuple[Path, ...]:
    """Find ``checks.py`` and what it imports from its own folder: ``_world.py`` and the like.

    A name that begins with an underscore is the judge's: learners do not get the file.

    Raises
    ------
    CourseError
        With the line at fault.
    """
    found = [checks]
    for file in found:  # grows as it is read
        beside = (file.with_name(f"{module}.py") for module in _imports(file) if module[0] == "_")
        found.extend(path for path in beside if path.is_file() and path not in found)
    return tuple(found)


def _imports(file: Path) -> Iterator[str]:
    for node in _parse(file).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def read_text(path: Path) -> str:
    """Read a file of a course.

    Raises
    ------
    CourseError
        Naming the file.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CourseError(f"{path} cannot be read: {problem}") from problem
