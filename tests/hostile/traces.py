"""What a submission might leave behind: files and processes."""

import hashlib
import os
import stat
import time
from collections.abc import Iterable
from pathlib import Path

from workbench.judging.processes import LOG

MARK = "hostile"  # attacks give this name to what they start


def files_in(places: Iterable[Path]) -> dict[str, str]:
    """Path, kind, mode and content of everything below some folders."""
    paths = [path for place in places for path in [place, *_below(place)]]
    return {str(path): _facts(path) for path in paths if path.name != LOG}


def changed_since(before: dict[str, str], places: Iterable[Path]) -> dict[str, str]:
    """What is new, gone or different; folders are removed a moment after the result."""
    deadline = time.monotonic() + 2.0
    while (now := files_in(places)) != before and time.monotonic() < deadline:
        time.sleep(0.02)
    return {path: now.get(path, "gone") for path, _ in set(now.items()) ^ set(before.items())}


def _below(place: Path) -> Iterable[Path]:
    for folder, names, files in os.walk(place):
        yield from (Path(folder, name) for name in (*names, *files))


def _facts(path: Path) -> str:
    try:
        mode = path.lstat().st_mode
        content = path.open("rb").read(2**16) if stat.S_ISREG(mode) else b""
    except OSError as problem:
        return str(problem.strerror)
    return f"{mode:o} {hashlib.sha256(content).hexdigest()[:12]}"


def processes_left(patience: float = 1.0) -> list[str]:
    """Living processes that an attack has started; they get a moment to end."""
    deadline = time.monotonic() + patience
    while (left := _marked()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def _marked() -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name = (folder / "comm").read_text().strip()
            dead = (folder / "stat").read_text().rsplit(")", 1)[1].split()[0] in "ZX"
        except OSError:
            continue
        if name.startswith(MARK) and not dead:
            found.append(f"{folder.name} {name}")
    return found


def memory_segments() -> set[str]:
    """Our System V shared memory, which outlives processes; a database's user has its own."""
    lines = Path("/proc/sysvipc/shm").read_text().splitlines()[1:]
    return {cells[1] for cells in map(str.split, lines) if int(cells[7]) == os.geteuid()}
