"""Resources: memory that a limit of the address space does not count, then leaves it behind.

Bounded: 80 MB in files without names, 32 MB of System V shared memory.

Earns: 0
Isolation: sandbox
"""

import ctypes
import os

# An attack is only ever run where it is judged: in a sandbox.
assert os.environ["WORKBENCH_PRIVATE"]
LIBC = ctypes.CDLL(None)
KEPT = []


def late_share(frame):
    for number in range(20):
        KEPT.append(os.memfd_create(str(number)))
        os.write(KEPT[-1], bytes(4 * 2**20))
    for number in range(8):
        segment = LIBC.shmget(0, 4 * 2**20, 0o1666)
        LIBC.shmat.restype = ctypes.c_void_p
        place = LIBC.shmat(segment, None, 0)
        if place not in (None, 2**64 - 1):
            ctypes.memset(place, 1, 4 * 2**20)
            LIBC.shmdt(ctypes.c_void_p(place))
    return 0.0
