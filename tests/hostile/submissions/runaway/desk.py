"""Resources: a process that forks and ends, again and again, faster than it can be found.

Bounded: it gives up after ten seconds or 1,000 generations.

Earns: 0
"""

import ctypes
import os
import time

ctypes.CDLL(None).prctl(15, b"hostile")  # its children bear the name, and are looked for


def run_away():
    deadline = time.monotonic() + 10
    for _ in range(1_000):
        if os.fork() or time.monotonic() > deadline:
            os._exit(0)


def late_share(frame):
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            run_away()
            os._exit(0)
    return 0.0
