"""A small course of two tasks, and graders that stay warm for a whole module."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench.course import Exercise, load_course, load_exercise
from workbench.flights.table import open_flights
from workbench.judging.bounds import Bounds
from workbench.judging.grade import Grader
from workbench.results import CheckResult, Result

COURSE = Path(__file__).parent / "course"
REFERENCE = (COURSE / "solutions/01_demo/1_tally/tally.py").read_text()
Judge = Callable[..., Result]


@pytest.fixture(scope="session")
def tally() -> Exercise:
    open_flights()
    return load_course(COURSE).find("tally")


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    with Grader(bounds=Bounds(memory=400 * 2**20)) as warm:
        yield warm


@pytest.fixture
def judge(grader: Grader, tally: Exercise, tmp_path: Path) -> Judge:
    """Judge a text, or the reference with one piece of it replaced."""

    def grade(text: str = REFERENCE, *, old: str = "", new: str = "", seed: int = 1) -> Result:
        assert old in text
        (tmp_path / "tally.py").write_text(text.replace(old, new) if old else text)
        return grader.grade(tally, tmp_path, seed=seed)

    return grade


@pytest.fixture
def with_checks(grader: Grader, tally: Exercise, tmp_path: Path) -> Judge:
    """Judge the reference by other checks."""

    def grade(checks: str) -> Result:
        folder = tmp_path / "1_tally"
        shutil.copytree(tally.folder, folder)
        (folder / "checks.py").write_text(checks)
        return grader.grade(load_exercise(folder, tally.solution), tally.solution, seed=1)

    return grade


def by_id(result: Result) -> dict[str, CheckResult]:
    return {check.id: check for check in result.checks}
