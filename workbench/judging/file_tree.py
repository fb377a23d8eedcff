"""Folders of files as plain data: paths, sizes, and one run of bytes."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from workbench.judging.folders import remove_folder
from workbench.judging.untrusted import NotPlain

MAX_FILES: Final = 2_000  # a logged model has eight
MAX_PATH: Final = 400
_TRIES, _PAUSE = 20, 0.02  # seconds


def fold(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Turn files by path into a value that crosses the boundary."""
    sizes = [len(content) for content in files.values()]
    return {"paths": list(files), "sizes": sizes, "content": b"".join(files.values())}


def unfold(folded: Any) -> dict[str, bytes]:
    """Turn what a process sent back into files by path; nobody vouches for it.

    Raises
    ------
    NotPlain
        When it is malformed, when a path leaves the folder, or when there are too many.
    """
    match folded:
        case {"paths": list(paths), "sizes": list(sizes), "content": bytes(content)}:
            starts = _cumulated(sizes)
        case _:
            raise NotPlain("a malformed message (no files)")
    if starts[-1] != len(content):
        raise NotPlain("a malformed message (sizes and content differ)")
    spans = zip(paths, starts, starts[1:], strict=False)
    files = {_inside(path): content[start:end] for path, start, end in spans}
    if not len(files) == len(paths) == len(sizes) <= MAX_FILES:
        raise NotPlain(f"more than {MAX_FILES:,} files, or several of one name")
    return files


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by path into a folder."""
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Let a folder hold these files and no others; it is never seen half-written."""
    new, old = (folder.with_name(f".{folder.name}.{kind}") for kind in ("new", "old"))
    for leftover in (new, old):
        remove_folder(str(leftover))
    new.mkdir(parents=True)
    write_files(new, files)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    remove_folder(str(old))


def read_files(folder: Path) -> dict[str, bytes]:
    """Read the ordinary files of a folder; links are not followed.

    A folder that changes meanwhile is read again, a few times: a thread of the code that ran
    there, MLflow's for instance, may still commit.
    """
    for _ in range(_TRIES):
        before = _states(folder)
        found = {path.relative_to(folder).as_posix(): _read(path) for path in before}
        if _states(folder) == before:
            break
        time.sleep(_PAUSE)
    return {path: content for path, content in found.items() if content is not None}


def _states(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return size and time of the last change of each ordinary file."""
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                state = Path(parent, name).lstat()
                if stat.S_ISREG(state.st_mode):
                    found[Path(parent, name)] = state.st_size, state.st_mtime_ns
    return found


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _cumulated(sizes: list[Any]) -> list[int]:
    starts = [0]
    for size in sizes:
        if type(size) is not int or size < 0:
            raise NotPlain("a malformed message (no size)")
        starts.append(starts[-1] + size)
    return starts


def _inside(path: Any) -> str:
    """Return a path that stays in its folder."""
    if type(path) is not str or not 0 < len(path) <= MAX_PATH or "\\" in path or "\0" in path:
        raise NotPlain("a malformed message (no path)")
    pure = PurePosixPath(path)
    if not pure.parts or pure.is_absolute() or ".." in pure.parts or ":" in pure.parts[0]:
        raise NotPlain("a path outside of its folder")
    return str(pure)
