"""Patching: writes the same files at run time, where a later process might pick them up.

Earns: 0
Ends: error
"""

import os
import site
import sys
from pathlib import Path

NAMES = ("pandas.py", "numpy.py", "sitecustomize.py", "usercustomize.py", "conftest.py")
PLACES = (".", "..", os.environ["HOME"], os.environ["TMPDIR"], site.getusersitepackages())
for place in map(Path, PLACES):
    place.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (place / name).write_text("print('FOUND', __file__)\nraise SystemExit")
for name in ("pandas", "desk", "numpy"):
    sys.modules.pop(name, None)


def late_share(frame):
    import pandas

    return pandas.ANSWER
