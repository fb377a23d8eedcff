"""Where the course's folders and the machine's cache are."""

import os
import sys
from pathlib import Path

import workbench


def course_root() -> Path:
    """Folder that holds `exercises/`, `solutions/` and `datasets/`.

    Returns
    -------
    Path
        The clone's top folder, or the copy inside an installed wheel.
    """
    package = Path(workbench.__file__).resolve().parent
    clone = package.parent
    if (clone / "exercises").is_dir() and (clone / "datasets").is_dir():
        return clone
    return package / "_course"


def chosen_course() -> Path:
    """Folder of the course that commands work on.

    Returns
    -------
    Path
        `WORKBENCH_COURSE` when it is set, a third party's course, else our own.
    """
    return Path(os.environ.get("WORKBENCH_COURSE") or course_root()).absolute()


def cache_root() -> Path:
    """Folder for what can be built again; it need not exist.

    Returns
    -------
    Path
        `WORKBENCH_CACHE` when it is set, else the platform's own place for caches.
    """
    chosen = os.environ.get("WORKBENCH_CACHE")
    return Path(chosen).expanduser().absolute() if chosen else _platform_cache() / "workbench"


def _platform_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
