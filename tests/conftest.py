"""Settings of all tests."""

import pytest
from hypothesis import settings

# A busy machine is no failure: speed is measured in tests/benchmarks, never by a test.
settings.register_profile("workbench", deadline=None)
settings.load_profile("workbench")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let CI prove the exercises with more seeds than the practice seed."""
    parser.addoption("--also-seed", type=int, action="append", default=[], metavar="N")
