"""Lint: what can be said about an exercise without running it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from workbench.author.findings import Finding
from workbench.author.places import Place, choose_places, list_places
from workbench.author.rules import checks, code, structure, table, texts
from workbench.course import Exercise
from workbench.declarations import CourseError

_FIRST = (structure.submit_files_are_there, structure.python_can_be_read)
_RULES = (
    structure.shelves_are_filled,
    structure.material_is_named,
    structure.nothing_is_astray,
    table.keys_are_known,
    table.id_is_the_folders,
    table.values_are_sound,
    table.limits_are_measured,
    code.code_stands_alone,
    code.names_agree,
    checks.imports_are_allowed,
    checks.asserts_speak,
    checks.criteria_are_in_order,
    checks.limits_are_used,
    checks.mistakes_name_their_check,
    texts.readme_has_its_parts,
    texts.brief_is_brief,
    texts.after_is_short,
    texts.hints_climb,
    texts.words_are_kind,
    texts.nothing_is_to_do,
)


def lint(root: Path, name: str | None = None) -> list[Finding]:
    """Lint one exercise of a course, or all.

    Raises
    ------
    UnknownExercise
        When none has that name.
    """
    places = list_places(root)
    known = [place.id for place in places]
    found = [finding for p in choose_places(root, name) for finding in lint_place(p, known)]
    return found if name else [*found, *orphans(root)]


def lint_place(place: Place, known: Collection[str]) -> list[Finding]:
    """Lint one exercise: its files first, then what is in them.

    Parameters
    ----------
    place
        Where it lies.
    known
        Ids of all exercises of the course.
    """
    if found := [*structure.texts_are_there(place)]:
        return found
    try:
        exercise = place.load()
        return _lint(exercise, known)
    except CourseError as problem:
        return [Finding.of(problem, place.folder)]


def orphans(root: Path) -> Iterator[Finding]:
    """Look for solution folders without an exercise."""
    places = list_places(root)
    for place in list_places(root, "solutions"):
        if place not in places:
            advice = "This solution belongs to no exercise; rename or remove it."
            yield Finding(place.solution, 0, advice)


def _lint(exercise: Exercise, known: Collection[str]) -> list[Finding]:
    first = [finding for rule in _FIRST for finding in rule(exercise)]
    if first:
        return first
    rest = (finding for rule in _RULES for finding in rule(exercise))
    return [*table.after_exists(exercise, known), *rest]
