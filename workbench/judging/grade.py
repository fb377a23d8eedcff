"""grade(exercise, submission, seed) -> Result. Light: the heavy libraries are in the judge."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any, Self

from workbench.course import Exercise
from workbench.judging.bounds import Bounds
from workbench.judging.folders import empty_folder, scratch_folder
from workbench.judging.isolation import wrapper_of
from workbench.judging.plain import PlainStarter
from workbench.judging.processes import (
    JUDGE,
    LEARNER,
    LOG,
    Begun,
    Nursery,
    Starter,
    StarterLost,
    can_fork,
)
from workbench.judging.submission import Submission, SubmissionError
from workbench.paths import cache_root
from workbench.results import CheckResult, Outcome, Result

OnCheck = Callable[[CheckResult], None]
GivenUp = Callable[[], bool]
_GRACE = 60.0
_LOG_TAIL = 4_000
_LOOK = 0.2  # seconds; on Windows nothing else lets Ctrl-C through


class Abandoned(Exception):
    """A judgement was given up: nothing came of it."""


class Grader:
    """Judges submissions one after the other, keeping warm processes between them.

    Parameters
    ----------
    needs
        Modules that learner processes find imported already.
    imports
        Modules that judges find imported already; those of the learner by default.
    isolation
        ``process`` or ``sandbox``.
    warm
        Fork from warm parents; by default wherever that works.
    """

    def __init__(
        self,
        needs: Sequence[str] = ("pandas",),
        imports: Sequence[str] | None = None,
        *,
        isolation: str = "process",
        warm: bool | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self._needs = tuple(needs)
        self._imports = self._needs if imports is None else tuple(imports)
        self._isolation = isolation
        self._warm = can_fork() if warm is None else warm
        self._bounds = bounds or Bounds()
        self._judges: Starter | None = None
        self._learners: Nursery | None = None
        self._used = False

    def __enter__(self) -> Self:
        self._stack = contextlib.ExitStack()
        self._home = self._stack.enter_context(scratch_folder())
        self._learner_home = self._stack.enter_context(scratch_folder())
        self._wrapper = wrapper_of(self._isolation, self._learner_home)
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        self._stack.close()

    def grade(
        self,
        exercise: Exercise,
        submission: Path,
        *,
        seed: int,
        on_check: OnCheck | None = None,
        keep: Path | None = None,
        given_up: GivenUp | None = None,
    ) -> Result:
        """Judge the submit files of an exercise found in a folder.

        Parameters
        ----------
        exercise
            The exercise.
        submission
            The folder with the files.
        seed
            What everything random in the judge's world depends on.
        on_check
            Called with each check as it ends.
        keep
            A folder that is replaced by what the submission logged with MLflow, if it did.
        given_up
            Asked several times a second whether the judgement is still wanted.

        Returns
        -------
        Result
            One entry for each criterion that the exercise declares, whatever ran.

        Raises
        ------
        Abandoned
            When it was given up; all that it ran has ended, and what is warm stays warm.
        """
        started = time.monotonic()
        tell = on_check or (lambda _: None)
        try:
            files = Submission.read(exercise, submission)
        except SubmissionError as problem:
            checks = _all(exercise, Outcome.ERROR, str(problem), tell)
        else:
            job = partial(self._job, exercise, seed=seed, keep=keep)
            checks = self._judge(exercise, files, job, tell, given_up or _never)
        return Result(
            exercise.id, checks, seed, self._isolation, seconds=time.monotonic() - started
        )

    def _judge(
        self,
        exercise: Exercise,
        files: Submission,
        job: Callable[[str], dict[str, Any]],
        tell: OnCheck,
        given_up: GivenUp,
    ) -> tuple[CheckResult, ...]:
        """Run the judge; what it does not report stays not run."""
        found: dict[str, CheckResult] = {}
        if self._used or (self._learners and self._learners.lost):
            self._renew_learners()
        with scratch_folder() as folder:
            files.write(Path(folder))
            broken, lost = None, False
            for event in self._events(job(folder), exercise, given_up):
                broken, lost = event.get("done"), event.get("lost", False)
                if "check" in event:
                    check = _settle(exercise, event["check"])
                    found[check.id] = check
                    tell(check)
        reason = self._restart() if broken is None else broken
        self._used = broken is not None and self._isolation == "sandbox"
        if lost:
            self._renew_learners()
        return tuple(
            found.get(criterion.id)
            or replace(_blank(criterion, Outcome.NOT_RUN, _NOT_RUN), output=reason)
            for criterion in exercise.criteria
        )

    def _events(
        self, job: Mapping[str, Any], exercise: Exercise, given_up: GivenUp
    ) -> Iterator[dict[str, Any]]:
        budget = exercise.check_seconds * len(exercise.criteria) + _GRACE
        assert self._judges is not None
        with contextlib.suppress(StarterLost):
            judge = self._start_judge(job)
            with judge.channel:
                yield from _lines(judge.channel, time.monotonic() + budget, given_up)
                self._judges.end(judge.pid)
                if given_up():
                    self._clear_learners()
                    raise Abandoned

    def _start_judge(self, job: Mapping[str, Any]) -> Begun:
        assert self._judges is not None
        try:
            return self._judges.start(job, self._inherited())
        except StarterLost:  # ended by what ran before, perhaps of another submission
            self._restart()
            return self._judges.start(job, self._inherited())

    def _inherited(self) -> list[int]:
        return [self._learners.fileno] if self._learners else []

    def _job(
        self, exercise: Exercise, folder: str, *, seed: int, keep: Path | None
    ) -> dict[str, Any]:
        return {
            "checks": str(exercise.folder / "checks.py"),
            "only": [criterion.id for criterion in exercise.criteria],
            "submission": folder,
            "submit": list(exercise.submit),
            "given": list(exercise.given),
            "limits": {name: limit.value for name, limit in exercise.limits.items()},
            "call_seconds": exercise.call_seconds,
            "check_seconds": exercise.check_seconds,
            "bounds": asdict(self._bounds),
            "needs": list(self._needs),
            "wrapper": self._wrapper,
            "home": self._learner_home,
            "cache": str(cache_root()),
            "keep": str(keep.absolute()) if keep else "",
            "seed": seed,
        }

    def _open(self) -> None:
        if self._warm:
            # The learners' parent first: the judge's imports run beside its own.
            self._learners = self._open_learners()
            self._judges = Nursery.open(JUDGE, self._imports, self._home)
        else:
            self._judges = PlainStarter(JUDGE, self._home)

    def _open_learners(self) -> Nursery:
        # files of processes that nobody has ended: their parent, or their judge, had ended before
        empty_folder(self._learner_home, keep=(LOG,))
        return Nursery.open(LEARNER, self._needs, self._learner_home, self._wrapper)

    def _clear_learners(self) -> None:
        """End the processes of a judge that could not end them itself."""
        if self._learners:
            with contextlib.suppress(StarterLost):  # the next judgement begins another parent
                self._learners.clear()

    def _renew_learners(self) -> None:
        """Give the next submission a warm parent, and a sandbox, that no other one has used."""
        if self._learners:
            self._learners.close()
            self._learners = self._open_learners()
        self._used = False

    def _close(self) -> None:
        for starter in (self._judges, self._learners):
            if starter:
                starter.close()
        self._judges = self._learners = None

    def _restart(self) -> str:
        """Begin anew after a judge that ended too early; tell what its log says."""
        log = Path(self._home) / LOG
        said = log.read_text(errors="replace")[-_LOG_TAIL:] if log.exists() else ""
        self._close()
        self._open()
        return said


_NOT_RUN = "The judge ended before this check ran. This is our fault and is not counted."


def grade(
    exercise: Exercise,
    submission: Path,
    *,
    seed: int,
    isolation: str = "process",
    on_check: OnCheck | None = None,
    keep: Path | None = None,
) -> Result:
    """Judge one submission; see :meth:`Grader.grade`."""
    with Grader(exercise.needs, exercise.imports, isolation=isolation) as grader:
        return grader.grade(exercise, submission, seed=seed, on_check=on_check, keep=keep)


def _never() -> bool:
    return False


def _lines(
    sock: socket.socket, deadline: float, given_up: GivenUp = _never
) -> Iterator[dict[str, Any]]:
    """Read JSON lines until the other end closes, time is up, or nobody wants them."""
    buffer = b""
    while (left := deadline - time.monotonic()) > 0 and not given_up():
        sock.settimeout(min(left, _LOOK))
        try:
            part = sock.recv(2**20)
        except TimeoutError:
            continue
        except OSError:
            return
        if not part:
            return
        *lines, buffer = (buffer + part).split(b"\n")
        yield from map(json.loads, lines)


def _settle(exercise: Exercise, record: Mapping[str, Any]) -> CheckResult:
    """Give a reported check its title and points: they come from the exercise alone."""
    criterion = next(c for c in exercise.criteria if c.id == record["id"])
    check = CheckResult.from_record(record)
    points = criterion.points if check.outcome is Outcome.PASSED else 0
    return CheckResult(
        **{
            **vars(check),
            "title": criterion.title,
            "points": points,
            "max_points": criterion.points,
        }
    )


def _all(
    exercise: Exercise, outcome: Outcome, message: str, tell: OnCheck
) -> tuple[CheckResult, ...]:
    checks = tuple(_blank(criterion, outcome, message) for criterion in exercise.criteria)
    for check in checks:
        tell(check)
    return checks


def _blank(criterion: Any, outcome: Outcome, message: str) -> CheckResult:
    return CheckResult(criterion.id, criterion.title, outcome, 0, criterion.points, message)
