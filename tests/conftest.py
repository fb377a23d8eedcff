"""Settings of all tests."""

import pytest
from hypothesis import settings

# A busy machine is no failure: speed is measured in tests/benchmarks, never by a test.
settings.register_profile("workbench", deadline=None)
settings.load_profile("workbench")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let CI and authors prove exercises with more seeds, and mistakes by every check."""
    parser.addoption("--also-seed", type=int, action="append", default=[], metavar="N")
    parser.addoption("--every-check", action="store_true")
