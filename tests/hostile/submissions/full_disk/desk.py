"""Resources: fills the whole of a sandbox's disks, and leaves them full.

Earns: 0
Isolation: sandbox
Prints: No space left
"""

import os
from pathlib import Path

# An attack is only ever run where it is judged: in a sandbox.
assert os.environ["WORKBENCH_PRIVATE"]
PLACES = [Path(place) for place in ("/tmp", "/dev/shm", ".", "..", "/dev", "/run", "/var/tmp")]


def late_share(frame):
    for place in PLACES:
        written = 0
        try:
            for number in range(5):
                with open(place / f"full-{number}", "wb", buffering=0) as file:
                    for _ in range(60):
                        written += file.write(bytes(2**20))
            print("FOUND a disk without a limit", place, written)
            return 0.0
        except OSError as problem:
            print(place, problem.strerror)
    return 0.0


def busiest(frame):
    Path("enough room again").write_bytes(bytes(2**20))
    return frame
