"""The learner's side of a run of tests: pytest, in the learner process, with a model far away.

What this module reports is a claim, as is all that comes from a learner process. A test that
forges its outcome is no better than one that decides by the model's answers: it has nothing else
to decide by.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

_UNUSED = (
    "cacheprovider debugging doctest faulthandler junitxml legacypath logging pastebin recwarn "
    "setuponly setupplan stepwise subtests terminalreporter threadexception unittest "
    "unraisableexception warnings"
).split()

Ask = Callable[[pd.DataFrame], Any]
Describe = Callable[[BaseException], dict[str, Any]]


class RemoteModel:
    """A model that answers from afar: there is nothing in it to look at."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def predict_proba(self, frame: pd.DataFrame) -> Any:
        """Return the model's answer to a frame.

        Raises
        ------
        TypeError
            If it is no DataFrame.
        ValueError
            If the model refuses the frame, or it is no plain data.
        """
        if not isinstance(frame, pd.DataFrame):
            raise TypeError(f"predict_proba takes a DataFrame, not {type(frame).__name__}.")
        return self._ask(frame)


def run_file(
    path: Path, ask: Ask, fixtures: Mapping[str, Any], describe: Describe
) -> list[list[Any]]:
    """Run a file of tests with pytest: no configuration, no other plugins.

    Parameters
    ----------
    path
        The file.
    ask
        Gets the model's answer to a frame; the fixture ``model`` asks by it.
    fixtures
        Plain data by the name of its fixture; each test gets a copy.
    describe
        Turns an exception into plain data.

    Returns
    -------
    list of [name, outcome, description]
        One entry a case, that is a test with its parameters; the description is of what was
        raised, or None.

    Raises
    ------
    BaseException
        Whatever kept pytest from running the file to its end.
    """
    recorder = _Recorder(describe)
    options = [
        str(path),
        "--noconftest",
        "-c",
        os.devnull,
        f"--rootdir={path.parent}",
        f"--confcutdir={path.parent}",  # or every folder above is listed
        "--import-mode=importlib",
        "--capture=no",
        "--tb=native",  # nobody reads it, and it is fast
        "-qqq",
        *(f"-pno:{name}" for name in _UNUSED),
    ]
    pytest.main(options, plugins=[recorder, _provide(ask, fixtures)])
    if recorder.broken:
        raise recorder.broken
    return [[name, *ending] for name, ending in recorder.endings.items()]


def _provide(ask: Ask, fixtures: Mapping[str, Any]) -> ModuleType:
    """Make a plugin of fixtures: a module, as pytest asks the class of any other object."""
    plugin = ModuleType("given_fixtures")
    model = pytest.fixture(lambda: RemoteModel(ask), scope="session", name="model")
    copies = {n: pytest.fixture(_copier(value), name=n) for n, value in fixtures.items()}
    vars(plugin).update(copies, model=model)
    return plugin


def _copier(value: Any) -> Callable[[], Any]:
    return lambda: copy.deepcopy(value)


class _Recorder:
    """Keeps how each case ended, and what kept a file from being run."""

    def __init__(self, describe: Describe) -> None:
        self._describe = describe
        self.endings: dict[str, tuple[str, dict[str, Any] | None]] = {}
        self.broken: BaseException | None = None

    def pytest_exception_interact(
        self, call: pytest.CallInfo[Any], report: pytest.CollectReport | pytest.TestReport
    ) -> None:
        """Keep why a file cannot be imported."""
        if isinstance(report, pytest.CollectReport) and call.excinfo:
            self._break(call.excinfo.value.__cause__ or call.excinfo.value)

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep what ended the whole run: KeyboardInterrupt or pytest.exit."""
        self._break(excinfo.value)

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep what broke pytest."""
        self._break(excinfo.value)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep the outcome of a case: the first of its phases that did not pass decides."""
        report = yield
        problem = call.excinfo.value if call.excinfo else None
        name = item.nodeid.partition("::")[2]  # without its file
        if self.endings.get(name, ("passed", None))[0] == "passed":
            outcome = _outcome(report, problem)
            told = self._describe(problem) if problem and outcome != "skipped" else None
            self.endings[name] = (outcome, told)
        return report

    def _break(self, problem: BaseException) -> None:
        self.broken = self.broken or problem


def _outcome(report: pytest.TestReport, problem: BaseException | None) -> str:
    """Only an assertion in the test itself is a failure; pytest calls more than that failed."""
    if report.skipped or hasattr(report, "wasxfail"):
        return "skipped"
    if report.passed:
        return "passed"
    return "failed" if report.when == "call" and isinstance(problem, AssertionError) else "error"
