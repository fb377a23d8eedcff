from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workbench.course import Course, load_course
from workbench.workspace.delivery import deliver
from workbench.workspace.folder import Workspace, make_workspace

COURSE = Path(__file__).parent / "course"


@pytest.fixture
def course_folder(tmp_path: Path) -> Path:
    """A copy of the tiny course, to be changed at will."""
    return Path(shutil.copytree(COURSE, tmp_path / "course"))


@pytest.fixture
def course(course_folder: Path) -> Course:
    return load_course(course_folder)


@pytest.fixture
def workspace(tmp_path: Path, course: Course) -> Workspace:
    """A workspace as `start` leaves it."""
    made = make_workspace(tmp_path / "desk")
    with made.lock():
        deliver(made, course)
    return made
