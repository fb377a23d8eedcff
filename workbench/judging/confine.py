"""Limits that a process puts on itself before it runs a learner's code (POSIX)."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from workbench.judging.isolation import private_places

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Bounds:
    """What one learner process may use.

    Parameters
    ----------
    memory
        Bytes of address space on top of what the warm libraries take. Gradient boosting on
        48,000 flights was measured at 0.4 GB.
    file
        Bytes of the largest file it may write, its printed output included.
    cpu
        Seconds of processor time; a backstop behind the wall clock.
    load
        Seconds of wall clock until the submitted files are imported.
    processes
        Processes and threads at one time; in a sandbox only, where no others are counted.
    """

    memory: int = 1536 * 2**20
    file: int = 64 * 2**20
    cpu: int = 300
    load: float = 20.0
    processes: int = 512


def confine(bounds: Bounds) -> None:
    """Apply the bounds to this process and what it starts."""
    bound_memory(bounds.memory)
    _limit(resource.RLIMIT_FSIZE, bounds.file)
    _limit(resource.RLIMIT_CPU, bounds.cpu)
    _limit(resource.RLIMIT_NOFILE, 512)
    _limit(resource.RLIMIT_CORE, 0)
    if private_places():
        _limit(resource.RLIMIT_NPROC, bounds.processes)


def bound_memory(extra: int) -> None:
    """Limit the address space of this process to what it has now and some bytes more."""
    _limit(resource.RLIMIT_AS, _address_space() + extra)


def standing() -> tuple[object, ...]:
    """List what any process of the same user may change about this one (Linux)."""
    kinds = sorted(name for name in dir(resource) if name.startswith("RLIMIT_"))
    limits = tuple(resource.getrlimit(getattr(resource, kind)) for kind in kinds)
    priority = os.getpriority(os.PRIO_PROCESS, 0)
    return limits, priority, os.sched_getscheduler(0), os.sched_getaffinity(0)


def hide_memory() -> None:
    """Keep other processes of this user from reading this one's memory (Linux)."""
    _prctl(_PR_SET_DUMPABLE, 0)


def die_with_parent() -> None:
    """End when the process that forked this one ends (Linux)."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends (Linux)."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def children() -> set[int]:
    """List the process ids of this process's children (Linux)."""
    tasks = Path("/proc/self/task")
    return {int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()}


def _limit(kind: int, value: int) -> None:
    # Soft equals hard: as the first process of a namespace a soft CPU limit would be ignored.
    _, hard = resource.getrlimit(kind)
    bounded = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bounded, bounded))


def _address_space() -> int:
    """Bytes of address space already in use; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
