"""Files: links from its folder to a folder outside, which removing it must not touch.

Earns: 0
"""

import os
import shutil
from pathlib import Path

HOME = Path(os.environ["HOME"])
# An attack is only ever run where it is judged.
assert HOME.name.startswith("learner-")


def late_share(frame):
    os.symlink("@CANARY@", HOME / "outside")
    os.symlink("@CANARY@/secret", HOME / "file")
    os.link("@CANARY@/secret", HOME / "hard")
    os.mkfifo(HOME / "fifo")
    os.mkdir(HOME / "closed")
    os.symlink("@CANARY@/secret", HOME / "closed/file")
    os.chmod(HOME / "closed", 0)
    return 0.0


def busiest(frame):
    os.rename(HOME, HOME.with_name("learner-moved"))
    os.symlink("@CANARY@", HOME)
    return frame


class Tally:
    def __init__(self):
        shutil.rmtree(HOME, ignore_errors=True)

    def add(self, batch):
        pass


def predict(history, batch):
    for number in range(300):
        os.symlink(f"loop-{number + 1}", HOME / f"loop-{number}")
    os.symlink("loop-0", HOME / "loop-300")
    return []
