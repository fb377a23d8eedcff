"""Resources: takes memory, files, speed and processors from the parent of later submissions.

Earns: 0
Isolation: process, sandbox
Prints: changed
"""

import os
import resource
from pathlib import Path

# An attack is only ever run where it is judged, by the process that starts learner processes.
assert Path(os.environ["HOME"]).name.startswith("learner-")
assert "nursery" in Path(f"/proc/{os.getppid()}/cmdline").read_text()


def late_share(frame):
    parent = os.getppid()
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE):
        limit = 600 * 2**20 if kind == resource.RLIMIT_AS else 24
        try:
            resource.prlimit(parent, kind, (limit, limit))
            print("changed", kind)
        except OSError as problem:
            print(problem)
    for change in (
        lambda: os.setpriority(os.PRIO_PROCESS, parent, 19),
        lambda: os.sched_setscheduler(parent, os.SCHED_IDLE, os.sched_param(0)),
        lambda: os.sched_setaffinity(parent, {0}),
    ):
        try:
            change()
            print("changed")
        except OSError as problem:
            print(problem)
    return 0.0
