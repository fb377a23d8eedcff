"""Files: links from its folder to a folder outside, which removing it must not touch.

Earns: 0
"""

import os
import shutil


def late_share(frame):
    os.symlink("@CANARY@", "outside")
    os.symlink("@CANARY@/secret", "file")
    os.link("@CANARY@/secret", "hard")
    os.mkfifo("fifo")
    os.mkdir("closed")
    os.symlink("@CANARY@/secret", "closed/file")
    os.chmod("closed", 0)
    return 0.0


def busiest(frame):
    home = os.getcwd()
    os.rename(home, home + "-moved")
    os.symlink("@CANARY@", home)
    return frame


class Tally:
    def __init__(self):
        home = os.path.dirname(os.path.abspath(__file__))
        # its own folder by name, and no other: an attack must not harm who runs the tests
        if os.path.basename(home).startswith("learner-"):
            shutil.rmtree(home, ignore_errors=True)

    def add(self, batch):
        pass


def predict(history, batch):
    for number in range(300):
        os.symlink(f"../loop-{number + 1}", f"../loop-{number}")
    os.symlink("loop-0", "../loop-300")
    return []
