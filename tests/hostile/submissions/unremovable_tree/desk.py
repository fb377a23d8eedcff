"""Files: folders 2,000 deep, without permissions, with names that cannot be read.

Earns: 0
"""

import os
from pathlib import Path


def late_share(frame):
    home = os.getcwd()
    for _ in range(2_000):
        os.mkdir("d" * 20)
        os.chdir("d" * 20)
    os.chdir(home)
    return 0.0


def busiest(frame):
    for name in (b"\xff\xfe", "\u202egnp.exe".encode(), b"-rf", b"--", b"a\nb", b"$(touch x)"):
        os.mkdir(name)
    Path("-rf/closed/inner").mkdir(parents=True)
    Path("-rf/closed/inner/file").write_text("x")
    for place in ("-rf/closed/inner/file", "-rf/closed/inner", "-rf/closed", "-rf", "."):
        os.chmod(place, 0)
    return frame
