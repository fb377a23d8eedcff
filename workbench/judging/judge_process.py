"""The judge process: runs the checks of one exercise and tells each result as it ends.

It holds the truth. It never imports the submission and never unpickles what came from it.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.authoring.evidence import Limits
from workbench.flights.table import open_flights
from workbench.judging.confine import Bounds, hide_memory
from workbench.judging.learner import Task
from workbench.judging.plugin import JudgePlugin, run_checks
from workbench.judging.processes import LEARNER, Nursery, PlainStarter, Starter
from workbench.results import CheckResult
from workbench.scenarios.world import World


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
    os.chdir(job["home"])
    report = socket.socket(fileno=fds[0])
    flights = open_flights(cache=Path(job["cache"]))

    def tell(check: CheckResult) -> None:
        report.sendall(json.dumps({"check": asdict(check)}).encode() + b"\n")

    def make_world(name: str) -> World:
        return World(flights, job["seed"], name)

    with _starters(job, fds[1:]) as open_starter:
        plugin = JudgePlugin(_task(job), Limits(job["limits"]), open_starter, make_world, tell)
        run_checks(Path(job["checks"]), plugin)
    report.sendall(json.dumps({"done": plugin.broken}).encode() + b"\n")
    report.close()


def _task(job: dict[str, Any]) -> Task:
    folder = Path(job["submission"])
    return Task(
        files={name: (folder / name).read_bytes() for name in job["submit"]},
        call_seconds=job["call_seconds"],
        check_seconds=job["check_seconds"],
        bounds=Bounds(**job["bounds"]),
        home=job["home"],
    )


@contextlib.contextmanager
def _starters(job: dict[str, Any], fds: list[int]) -> Iterator[Callable[[], Starter]]:
    """Give the way to start learner processes, and a second warm parent if one is lost."""
    if not fds:
        plain = PlainStarter(LEARNER, job["home"], job["wrapper"])
        yield lambda: plain
        plain.close()
        return
    current = Nursery(socket.socket(fileno=fds[0]), None)

    def open_starter() -> Starter:
        nonlocal current
        if current.lost:
            current = Nursery.open(LEARNER, job["needs"], job["home"], job["wrapper"])
        return current

    yield open_starter
    if current.owns_process:
        current.close()


def main() -> None:
    """Run as a plainly started process: the job and the descriptors are the arguments."""
    run(json.loads(sys.argv[1]), [int(fd) for fd in sys.argv[2].split(",")])


if __name__ == "__main__":
    main()
