"""The judge process: runs the checks of one exercise and tells each result as it ends.

It holds the truth. It never imports the submission and never unpickles what came from it.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.authoring.evidence import Limits
from workbench.flights.table import open_flights
from workbench.judging.bounds import Bounds
from workbench.judging.confine import bound_memory, hide_memory
from workbench.judging.dialogue import Task
from workbench.judging.plain import PlainStarter, serve_plainly
from workbench.judging.plugin import JudgePlugin, run_checks
from workbench.judging.processes import LEARNER, Nursery, Starter
from workbench.results import CheckResult
from workbench.scenarios.world import World

_MEMORY = 4 * 2**30


def run(job: dict[str, Any], fds: list[int]) -> None:
    """Judge one submission.

    Parameters
    ----------
    job
        The exercise's checks, the submission's folder, limits and seed.
    fds
        A socket to report on, and the control socket of the learners' warm parent if there is
        one.
    """
    hide_memory()
    bound_memory(_MEMORY)
    sys.dont_write_bytecode = True  # the course's folders may be read-only, and stay clean
    os.chdir(job["home"])
    sys.path.append(str(Path(job["checks"]).parent))  # the judge's modules are beside the checks
    report = socket.socket(fileno=fds[0])
    flights = open_flights(cache=Path(job["cache"]))

    def tell(check: CheckResult) -> None:
        report.sendall(json.dumps({"check": asdict(check)}).encode() + b"\n")

    def make_world(name: str) -> World:
        return World(flights, job["seed"], name)

    learners = _Learners(job, fds[1:])
    plugin = JudgePlugin(_task(job), Limits(job["limits"]), learners.starter, make_world, tell)
    run_checks(Path(job["checks"]), job["only"], plugin)
    learners.close()
    report.sendall(json.dumps({"done": plugin.broken, "lost": learners.lost}).encode() + b"\n")
    report.close()


def _task(job: dict[str, Any]) -> Task:
    submission, exercise = Path(job["submission"]), Path(job["checks"]).parent
    return Task(
        files={name: (submission / name).read_bytes() for name in job["submit"]},
        given={name: (exercise / name).read_bytes() for name in job["given"]},
        call_seconds=job["call_seconds"],
        check_seconds=job["check_seconds"],
        bounds=Bounds(**job["bounds"]),
        home=job["home"],
        cache=Path(job["cache"]),
        exercise=exercise,
        keep=Path(job["keep"]) if job["keep"] else None,
    )


class _Learners:
    """Starts learner processes, and replaces a warm parent that a submission has ended."""

    def __init__(self, job: dict[str, Any], fds: list[int]) -> None:
        self._job = job
        self._inherited = Nursery(socket.socket(fileno=fds[0]), None) if fds else None
        self._own: Nursery | PlainStarter | None = None

    @property
    def lost(self) -> bool:
        """Whether the inherited warm parent is of no use any more."""
        return self._inherited is not None and self._inherited.lost

    def starter(self) -> Starter:
        """Give a starter that works."""
        if self._inherited and not self._inherited.lost:
            return self._inherited
        if isinstance(self._own, Nursery) and self._own.lost:
            self._own.close()
            self._own = None
        if self._own is None:
            self._own = self._open()
        return self._own

    def close(self) -> None:
        """End what was started here."""
        if self._own:
            self._own.close()

    def _open(self) -> Nursery | PlainStarter:
        home, wrapper = self._job["home"], self._job["wrapper"]
        if self._inherited is None:
            return PlainStarter(LEARNER, home, wrapper)
        return Nursery.open(LEARNER, self._job["needs"], home, wrapper)


def main() -> None:
    """Run as a plainly started process."""
    serve_plainly(run)


if __name__ == "__main__":
    main()
