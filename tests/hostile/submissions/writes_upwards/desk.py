"""Files: absolute and relative names that lead out of its folder, as far as it may.

Earns: 0
"""

import os
from pathlib import Path

HOME = Path(os.environ["HOME"])
# An attack is only ever run where it is judged.
assert HOME.name.startswith("learner-")


def late_share(frame):
    for place in (HOME.parent, HOME / "..", HOME / "../."):
        (place / "upwards").write_text("x")
        (place / "folder/in/folder").mkdir(parents=True, exist_ok=True)
        (place / "DESK.PY").write_text("raise SystemExit")
        (place / "learner-00000000").mkdir(exist_ok=True)
    return 0.0


def busiest(frame):
    for path in HOME.parent.iterdir():
        print("FOUND" if path.name in {"upwards", "DESK.PY"} else "", path.name)
    return frame
