"""Settings of all tests."""

import re

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# A busy machine is no failure: speed is measured in tests/benchmarks, never by a test.
settings.register_profile("workbench", deadline=None)
settings.load_profile("workbench")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let CI and authors prove exercises with more seeds, and mistakes by every check."""
    parser.addoption("--also-seed", type=int, action="append", default=[], metavar="N")
    parser.addoption("--every-check", action="store_true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the exercises: each is long, and at the end one worker would wait for another."""
    items.sort(key=lambda item: "test_exercises.py" not in item.nodeid)


class ByExercise(LoadScopeScheduling):
    """One worker judges all of an exercise, so that results are shared; else it takes a file.

    Not by ``xdist_group``: xdist 3.8 marks groups in a way that pytest 9.2 does not see.
    """

    def _split_scope(self, nodeid: str) -> str:
        exercise = re.search(r"test_exercises\.py::\w+\[(\w+)", nodeid)
        return exercise[1] if exercise else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByExercise:
    """Deal the tests out to the workers."""
    return ByExercise(config, log)
