"""Resources: makes its printed output sparse, direct, read-only, closed; then prints nulls.

Earns: 0
"""

import fcntl
import os
import sys


def late_share(frame):
    os.ftruncate(1, 60 * 2**20)
    flags = fcntl.fcntl(1, fcntl.F_GETFL)
    fcntl.fcntl(1, fcntl.F_SETFL, flags | os.O_DIRECT | os.O_APPEND | os.O_NONBLOCK)
    os.fchmod(1, 0)
    return 0.0


def busiest(frame):
    os.write(1, bytes(10_000))
    os.lseek(1, 2**40, os.SEEK_SET)
    sys.stdout.close()
    os.close(1)
    os.close(2)
    return frame


class Tally:
    def __init__(self):
        sys.stdout = sys.stderr = None

    def add(self, batch):
        os.closerange(0, 3)


def predict(history, batch):
    sys.stdout.detach()
    return [True]
