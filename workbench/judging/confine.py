"""Limits that a process puts on itself before it runs a learner's code; none on Windows."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from workbench.judging.bounds import Bounds
from workbench.judging.isolation import private_places

if sys.platform != "win32":
    import resource

_PR_SET_DUMPABLE = 4


def confine(bounds: Bounds) -> None:
    """Apply the bounds to this process and what it starts."""
    bound_memory(bounds.memory)
    if sys.platform != "win32":
        _limit(resource.RLIMIT_FSIZE, bounds.file)
        _limit(resource.RLIMIT_CPU, bounds.cpu)
        _limit(resource.RLIMIT_NOFILE, 512)
        _limit(resource.RLIMIT_CORE, 0)
        if private_places():
            _limit(resource.RLIMIT_NPROC, bounds.processes)


def bound_memory(extra: int) -> None:
    """Limit the address space of this process to what it has now and some bytes more (Linux).

    macOS refuses a limit below the many gigabytes that every process there has mapped.
    """
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        _limit(resource.RLIMIT_AS, pages * os.sysconf("SC_PAGE_SIZE") + extra)


def hide_memory() -> None:
    """Keep other processes of this user from reading this one's memory (Linux)."""
    prctl(_PR_SET_DUMPABLE, 0)


def prctl(option: int, value: int) -> None:
    """Ask the kernel for a property of this process (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if sys.platform != "win32":

    def _limit(kind: int, value: int) -> None:
        # Soft equals hard: as the first process of a namespace a soft CPU limit would be ignored.
        _, hard = resource.getrlimit(kind)
        bounded = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (bounded, bounded))
