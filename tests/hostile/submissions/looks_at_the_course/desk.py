"""Looking: for checks, solutions and tables in the file system.

Earns: 0
Isolation: sandbox
Prints: looked
"""

import os
from pathlib import Path

import workbench

NAMES = {"exercise.toml", "solutions", "flights.parquet", "flights.csv.zip", "hints.md", "secret"}
PLACES = ("@COURSE@", "@CANARY@", Path(workbench.__file__).parent.parent / "exercises")


def late_share(frame):
    for place in map(Path, PLACES):
        try:
            print("FOUND", list(place.iterdir()))
        except OSError:
            continue
    for folder, folders, files in os.walk("/"):
        folders[:] = [name for name in folders if name not in {"proc", "sys", "usr", "lib"}]
        for name in NAMES.intersection([*folders, *files]):
            print("FOUND", folder, name)
    print("looked")
    return 0.0
