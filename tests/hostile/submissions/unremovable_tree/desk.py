"""Files: folders 2,000 deep, without permissions, with names that cannot be read.

Earns: 0
"""

import os
from pathlib import Path

HOME = Path(os.environ["HOME"])
# An attack is only ever run where it is judged.
assert HOME.name.startswith("learner-")


def late_share(frame):
    os.chdir(HOME)
    for _ in range(2_000):
        os.mkdir("d" * 20)
        os.chdir("d" * 20)
    os.chdir(HOME)
    return 0.0


def busiest(frame):
    names = (b"\xff\xfe", "\u202egnp.exe".encode(), b"-rf", b"--", b"a\nb", b"$(touch x)")
    for name in names:
        os.mkdir(os.fsencode(HOME) + b"/" + name)
    closed = HOME / "-rf/closed/inner"
    closed.mkdir(parents=True)
    (closed / "file").write_text("x")
    for place in (closed / "file", closed, closed.parent, HOME / "-rf", HOME):
        place.chmod(0)
    return frame
