"""Settings of all tests."""

from hypothesis import settings

# A busy machine is no failure: speed is measured in tests/benchmarks, never by a test.
settings.register_profile("workbench", deadline=None)
settings.load_profile("workbench")
