"""Resources: writes below every folder that it can find, above all those that hide something.

Earns: 0
Isolation: sandbox
Prints: written: 0
"""

import os
from pathlib import Path

# An attack is only ever run where it is judged: in a sandbox.
assert os.environ["WORKBENCH_PRIVATE"]
OURS = (os.environ["HOME"], str(Path.home().parent), "/tmp", "/dev/shm", "/proc")


def late_share(frame):
    found = 0
    for line in Path("/proc/self/mounts").read_text().splitlines():
        place = line.split()[1]
        if place in OURS or place.startswith("/proc"):
            continue
        try:
            (Path(place) / "hostile").write_text("x")
            print("FOUND a place to write", place)
            found += 1
        except OSError:
            continue
    print("written:", found)
    return 0.0
