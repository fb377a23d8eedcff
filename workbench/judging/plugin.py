"""The pytest plugin that runs a ``checks.py`` and tells how each check ended."""

from __future__ import annotations

import json
import os
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from workbench.authoring.criteria import Declared, declared
from workbench.authoring.evidence import Evidence, Limits
from workbench.judging.dialogue import Task
from workbench.judging.learner import Learner
from workbench.judging.processes import Starter, StarterLost
from workbench.judging.verdicts import Verdict
from workbench.results import CheckResult, Figure, Outcome
from workbench.scenarios.world import World

# unraisableexception collects garbage five times at the end, a tenth of a second of a check
_UNUSED = (
    "cacheprovider debugging doctest faulthandler junitxml logging monkeypatch pastebin recwarn "
    "setuponly setupplan skipping stepwise terminalreporter threadexception tmpdir unittest "
    "unraisableexception warnings"
).split()
# A message or a figure may repeat what the learner's code returned.
_LONGEST_MESSAGE = 4_000
_LARGEST_FIGURE = 20_000
_EVIDENCE = pytest.StashKey[Evidence]()
_LEARNER = pytest.StashKey[Learner]()


class JudgePlugin:
    """Fixtures for checks, and their outcomes.

    Parameters
    ----------
    open_starter
        Gives the starter of learner processes; called anew for each check, so that one that
        was lost is replaced.
    make_world
        Gives the world of a check by its name.
    report
        Called with the result of each check as it ends.
    """

    def __init__(
        self,
        task: Task,
        limits: Limits,
        open_starter: Callable[[], Starter],
        make_world: Callable[[str], World],
        report: Callable[[CheckResult], None],
    ) -> None:
        self._task = task
        self._limits = limits
        self._open_starter = open_starter
        self._make_world = make_world
        self._report = report
        self._outcomes: dict[str, Outcome] = {}
        self._notes: dict[str, Any] = {}
        self.broken = ""

    @pytest.fixture
    def learner(self, request: pytest.FixtureRequest) -> Iterator[Learner]:
        """The submission, in a fresh process for each check."""
        with Learner(self._open_starter, self._task) as learner:
            request.node.stash[_LEARNER] = learner
            yield learner

    @pytest.fixture
    def world(self, request: pytest.FixtureRequest) -> World:
        """The flights with this check's own seed."""
        return self._make_world(request.node.name)

    @pytest.fixture
    def limits(self) -> Limits:
        """The limits of ``exercise.toml``."""
        return self._limits

    @pytest.fixture
    def evidence(self, request: pytest.FixtureRequest) -> Evidence:
        """Numbers and figures of this check."""
        found: Evidence = request.node.stash[_EVIDENCE]
        return found

    @pytest.fixture
    def notes(self) -> dict[str, Any]:
        """What a check leaves for those that require it, when it is too dear to do again."""
        return self._notes

    def pytest_pycollect_makeitem(
        self, collector: pytest.Module, name: str, obj: object
    ) -> list[pytest.Function]:
        """Collect criteria and nothing else."""
        if declared(obj) is None:
            return []
        return [pytest.Function.from_parent(collector, name=name)]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why a file of checks cannot be imported."""
        if report.failed:
            self.broken = report.longreprtext

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep what broke in this plugin or in pytest."""
        self.broken = "".join(traceback.format_exception(excinfo.value))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Function) -> Iterator[None]:
        """Run a check, unless the one that it requires did not pass; report how it ended."""
        item.stash[_EVIDENCE] = Evidence()
        self._calls: list[pytest.CallInfo[None]] = []
        started = time.monotonic()
        result = yield
        mark = declared(item.obj)
        assert mark is not None
        check = self._judge(item, mark, time.monotonic() - started)
        self._outcomes[item.name] = check.outcome
        self._report(check)
        return result

    def pytest_runtest_setup(self, item: pytest.Function) -> None:
        """Skip a check that waits for another, if that one was asked for as well."""
        mark = declared(item.obj)
        waits_for = mark.requires if mark else None
        asked_for = {other.name for other in item.session.items}
        if waits_for in asked_for and self._outcomes.get(waits_for) is not Outcome.PASSED:
            raise _Waits(waits_for, self._outcomes.get(waits_for))

    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> None:
        """Keep what setup, call and teardown ended with."""
        self._calls.append(call)

    def _judge(self, item: pytest.Function, mark: Declared, seconds: float) -> CheckResult:
        problem = next((call.excinfo.value for call in self._calls if call.excinfo), None)
        outcome, message, hint, line = _weigh(problem, Path(item.path))
        learner = item.stash.get(_LEARNER, None)
        output = learner.output if learner else ""
        if outcome is Outcome.GRADER_ERROR and problem:
            output = "".join(traceback.format_exception(problem))
        evidence = item.stash[_EVIDENCE]
        return CheckResult(
            id=item.name,
            title="",
            outcome=outcome,
            points=0,
            max_points=0,
            message=message[:_LONGEST_MESSAGE],
            hint="" if outcome is Outcome.PASSED else hint or mark.hint,
            seconds=seconds,
            output=output,
            numbers=evidence.numbers,
            figures=tuple(figure for figure in evidence.figures if _is_small(figure)),
            line=line,
        )


def _is_small(figure: Figure) -> bool:
    return len(json.dumps(asdict(figure))) <= _LARGEST_FIGURE


class _Waits(Exception):
    """A check was not run because the one that it requires did not pass."""

    def __init__(self, check: str, outcome: Outcome | None) -> None:
        super().__init__(check)
        self.check = check
        self.untried = outcome is Outcome.NOT_ATTEMPTED


def _weigh(problem: BaseException | None, checks: Path) -> tuple[Outcome, str, str, int]:
    """Turn what a check ended with into outcome, message, hint and line of checks.py."""
    line = _line(problem, checks)
    match problem:
        case None:
            return Outcome.PASSED, "", "", 0
        case Verdict():
            return problem.outcome, problem.message, problem.hint, line
        case _Waits():
            return Outcome.SKIPPED, f"It waits for {problem.check}.", "", 0
        case AssertionError() if problem.args:
            return Outcome.FAILED, str(problem.args[0]), "", line
        case StarterLost():
            return Outcome.ERROR, "The process that starts your code was ended by it.", "", line
    return (
        Outcome.GRADER_ERROR,
        f"The check itself failed: {type(problem).__name__} at {checks.name}:{line}. "
        "This is our fault and is not counted; please report it.",
        "",
        line,
    )


def _line(problem: BaseException | None, checks: Path) -> int:
    frames = traceback.extract_tb(problem.__traceback__) if problem else []
    return next((f.lineno or 0 for f in frames[::-1] if Path(f.filename) == checks), 0)


def run_checks(checks: Path, only: Sequence[str], plugin: JudgePlugin) -> None:
    """Run criteria of a file with pytest, alone: no configuration, no other plugins."""
    if not only:
        return  # pytest without a path would look for tests anywhere
    options = [
        *(f"{checks}::{name}" for name in only),
        "--noconftest",
        "-c",
        os.devnull,
        f"--rootdir={checks.parent}",
        f"--confcutdir={checks.parent}",  # or every folder above is listed
        "--import-mode=importlib",
        "--assert=plain",
        "--capture=no",
        "-qqq",
        *(f"-pno:{name}" for name in _UNUSED),
    ]
    pytest.main(options, plugins=[plugin])
