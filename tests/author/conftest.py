import re
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.author.new import lay_out
from workbench.author.places import Place

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course without exercises."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "solutions").mkdir()
    return tmp_path


@pytest.fixture
def place(root: Path) -> Place:
    """A finished exercise: the scaffold with its TODOs done."""
    made = lay_out(root, "03_training/late_share")
    for path in [*made.folder.iterdir(), *made.solution.rglob("*.py")]:
        text = path.read_text()
        if path != made.folder / "answer.py":
            path.write_text(re.sub(r"TODO: \w+", "Something done", text))
    return made


@pytest.fixture
def edit(place: Place) -> Edit:
    """Replace text in a file of the exercise, or of ``solution/``; it must be there."""

    def replace(name: str, old: str, new: str) -> Path:
        inside = name.removeprefix("solution/")
        path = (place.folder if inside == name else place.solution) / inside
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))
        return path

    return replace
