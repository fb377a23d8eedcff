"""Looking: keeps what it saw wherever any process may write, in memory that outlives it too.

Earns: 0
Isolation: sandbox
Prints: nothing earlier
"""

import ctypes
import os
from pathlib import Path

# An attack is only ever run where it is judged: in a sandbox.
assert os.environ["WORKBENCH_PRIVATE"]
PLACES = [Path(place) for place in ("/tmp", "/dev/shm", "/var/tmp", "/dev/mqueue", "/run")]
LIBC = ctypes.CDLL(None, use_errno=True)


def keep():
    earlier = [str(place) for place in PLACES if (place / "seen").exists()]
    if LIBC.shmget(0x5EED, 2**20, 0) != -1:
        earlier.append("shared memory")
    print("FOUND" if earlier else "nothing earlier", earlier)
    LIBC.shmget(0x5EED, 2**20, 0o1666)
    for place in PLACES:
        try:
            (place / "seen").write_text("seen")
        except OSError:
            continue


def late_share(frame):
    keep()
    return 0.0


def busiest(frame):
    keep()
    return frame
