"""The keys of exercise.toml."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import fields
from pathlib import Path

from workbench.author.findings import Finding, line_of
from workbench.course import Exercise

_NOT_KEYS = {"stage", "folder", "solution", "criteria"}
_SENTENCE = 140
_KEYS = {field.name for field in fields(Exercise)} - _NOT_KEYS


def keys_are_known(exercise: Exercise) -> Iterator[Finding]:
    """Look for keys that nothing reads: a slip of the pen would go unnoticed."""
    path = exercise.folder / "exercise.toml"
    for key in tomllib.loads(path.read_text(encoding="utf-8")):
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            advice = f'Did you mean "{near[0]}"?' if near else "Remove it."
            yield Finding(path, _line(key, path), f'Nothing reads the key "{key}". {advice}')


def id_is_the_folders(exercise: Exercise) -> Iterator[Finding]:
    """Compare the id with the folder's name, and look at the letters of both."""
    path = exercise.folder / "exercise.toml"
    number, _, name = exercise.folder.name.partition("_")
    if exercise.id != name or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        advice = f'The folder {number}_{name} and the id "{exercise.id}" must agree, in snake_case.'
        yield Finding(path, _line("id", path), advice)


def values_are_sound(exercise: Exercise) -> Iterator[Finding]:
    """Look at title, submit files and times."""
    path = exercise.folder / "exercise.toml"
    sound = {
        "title": bool(exercise.title.strip()),
        "asks": _is_a_sentence(exercise.asks),
        "submit": bool(exercise.submit) and all(Path(n).name == n for n in exercise.submit),
        "given": all(Path(n).name == n and n not in exercise.submit for n in exercise.given),
        "minutes": exercise.minutes > 0,
        "call_seconds": exercise.call_seconds > 0,
        "check_seconds": exercise.check_seconds >= exercise.call_seconds,
    }
    for key, fine in sound.items():
        if not fine:
            yield Finding(path, _line(key, path), f"{_WANTED[key]} is expected for {key}.")


def after_exists(exercise: Exercise, known: Collection[str]) -> Iterator[Finding]:
    """Look up the exercises that this one comes after."""
    path = exercise.folder / "exercise.toml"
    for name in exercise.after:
        if name not in known or name == exercise.id:
            near = difflib.get_close_matches(name, known, n=1)
            advice = f'Did you mean "{near[0]}"?' if near else "Name an exercise of this course."
            yield Finding(path, _line("after", path), f'"{name}" is no other exercise. {advice}')


def limits_are_measured(exercise: Exercise) -> Iterator[Finding]:
    """Ask for the reference's range beside each limit."""
    path = exercise.folder / "exercise.toml"
    for name, limit in exercise.limits.items():
        low, high = limit.reference or (1, 0)
        if not low <= high:
            advice = (
                f"Write {name} = {{ value = ..., reference = [low, high] }}; "
                f"`workbench author calibrate {exercise.id}` measures the range."
            )
            yield Finding(path, _line(name, path), advice)


_WANTED = {
    "title": "A title",
    "asks": f"One sentence of at most {_SENTENCE} characters, with its full stop,",
    "submit": "A list of file names without folders",
    "given": "A list of file names without folders, none of them a submit file,",
    "minutes": "A number above 0",
    "call_seconds": "A number above 0",
    "check_seconds": "A number of at least call_seconds",
}


def _is_a_sentence(text: str) -> bool:
    return text.endswith(".") and "\n" not in text and len(text) <= _SENTENCE


def _line(key: str, path: Path) -> int:
    return line_of(rf"^\s*(\[limits\.)?{re.escape(key)}\b", path)
