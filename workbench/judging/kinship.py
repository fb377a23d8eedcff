"""What a warm parent asks of Linux: to know its children, to outlive none, and to adopt orphans."""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

from workbench.judging.confine import prctl

assert sys.platform == "linux"

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def standing() -> tuple[object, ...]:
    """List what any process of the same user may change about this one."""
    kinds = sorted(name for name in dir(resource) if name.startswith("RLIMIT_"))
    limits = tuple(resource.getrlimit(getattr(resource, kind)) for kind in kinds)
    priority = os.getpriority(os.PRIO_PROCESS, 0)
    return limits, priority, os.sched_getscheduler(0), os.sched_getaffinity(0)


def die_with_parent() -> None:
    """End when the process that forked this one ends."""
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    prctl(_PR_SET_CHILD_SUBREAPER, 1)


def children() -> set[int]:
    """List the process ids of this process's children."""
    tasks = Path("/proc/self/task")
    return {int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()}
