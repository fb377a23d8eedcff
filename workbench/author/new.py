"""New: lay out an exercise that runs, for an author to make it theirs."""

from __future__ import annotations

import re
import shutil
import tempfile
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from workbench.author.places import Place, list_places, number
from workbench.declarations import CourseError

_STAGE = r"\d\d_[a-z][a-z0-9_]*"
_ID = r"[a-z][a-z0-9_]*"
_SUFFIX = ".txt"  # the template's code is nobody's module, whatever tool walks by


class NotLaidOut(CourseError):
    """The exercise cannot be laid out; the message says why and what to do."""


def lay_out(root: Path, path: str) -> Place:
    """Lay out exercise folder and solution folder of a new exercise.

    Parameters
    ----------
    root
        The course's folder.
    path
        ``STAGE/ID``: the stage's folder or its number, and an id that is not taken.

    Returns
    -------
    Place
        Where they lie. Each appears whole or not at all.

    Raises
    ------
    NotLaidOut
        When the name is no name, or taken.
    """
    place = _next_place(root, path)
    template = resources.files("workbench.author") / "template"
    for folder in (place.solution, place.folder):  # without a solution it would not be whole
        room = "exercise" if folder == place.folder else "solution"
        _appear(template / room, folder, place.id)
    return place


def _next_place(root: Path, path: str) -> Place:
    stage, _, name = path.strip("/").partition("/")
    places = {*list_places(root), *list_places(root, "solutions")}
    if not re.fullmatch(_ID, name):
        raise NotLaidOut(f'"{path}" is not STAGE/ID with an id in snake_case, as 03_x/my_task.')
    if name in {place.id for place in places}:
        raise NotLaidOut(f"The id {name} is taken; nothing is overwritten. Choose another.")
    stage = _stage(stage, root)
    taken = [number(place.name) for place in places if place.stage == stage]
    return Place(root, stage, f"{max(taken, default=0) + 1}_{name}")


def _stage(name: str, root: Path) -> str:
    """Find a stage by folder or number; a new one needs a whole name."""
    stages = sorted(p.name for p in (root / "exercises").iterdir() if re.match(_STAGE, p.name))
    found = [stage for stage in stages if name in (stage, stage.partition("_")[0])]
    if len(found) == 1 or re.fullmatch(_STAGE, name):
        return found[0] if found else name
    known = ", ".join(stages) or "none yet"
    raise NotLaidOut(f'"{name}" is no stage; there is {known}. Name a new one like 03_training.')


def _appear(template: Traversable, folder: Path, name: str) -> None:
    """Write a copy beside the place and move it there, so that no half is ever seen."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    try:
        _fill(template, draft, {"{{id}}": name, "{{title}}": name.replace("_", " ").capitalize()})
        draft.chmod(0o755)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _fill(template: Traversable, folder: Path, names: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for item in template.iterdir():
        if item.is_dir():
            _fill(item, folder / item.name, names)
        elif item.name.endswith(_SUFFIX):
            text = item.read_text(encoding="utf-8")
            for blank, name in names.items():
                text = text.replace(blank, name)
            (folder / item.name.removesuffix(_SUFFIX)).write_text(text, encoding="utf-8")
