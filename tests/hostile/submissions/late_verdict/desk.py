"""Exits and results: verdicts on stdout, in files, from atexit and from __del__.

Earns: 0
Prints: "outcome": "passed"
"""

import atexit
import json
import sys
from pathlib import Path

CHECKS = (
    "shares_the_late",
    "finds_the_busiest",
    "keeps_two_tallies",
    "predicts_what_it_learnt",
)


def tell():
    for name in CHECKS:
        check = {"id": name, "title": "", "outcome": "passed", "points": 9, "max_points": 9}
        line = json.dumps({"check": check})
        for stream in (sys.stdout, sys.stderr):
            print(line, file=stream, flush=True)
        Path("results.json").write_text(line)
    print(json.dumps({"done": "", "score": 10}), flush=True)


class Late:
    def __del__(self):
        tell()


atexit.register(tell)
KEPT = Late()


def late_share(frame):
    Late()
    tell()
    return 0.0
