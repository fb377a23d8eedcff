"""Writing that a kill or a full disk cannot halve: whole files, whole lines, one writer."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSES = (0.05, 0.1, 0.2, 0.4)  # seconds


class Busy(Exception):
    """Another process holds the lock."""


@contextmanager
def exclusive(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock at ``path``; the death of the process frees it.

    Raises
    ------
    Busy
        When another process holds it and ``wait`` is false.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as handle:
        try:
            _lock(handle.fileno(), wait)
        except OSError as problem:
            if problem.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise
            raise Busy(str(path)) from problem
        try:
            yield
        finally:
            _unlock(handle.fileno())


def write_whole(path: Path, data: bytes, *, scratch: Path) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    scratch
        A folder on the same disk that anybody may empty: what a kill leaves behind lies there.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = scratch / f"{os.getpid()}-{path.name}"
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(draft, path)


def put_in_place(draft: Path, final: Path) -> None:
    """Move a file or a folder to its name, and only return when the disk knows it.

    On Windows nobody can move what somebody else has open, as scanners do for a moment.
    """
    for pause in _PAUSES if sys.platform == "win32" else ():
        with contextlib.suppress(PermissionError):
            draft.replace(final)
            return
        time.sleep(pause)
    draft.replace(final)
    sync_folder(final.parent)


def move_whole(draft: Path, final: Path) -> Path:
    """Move a file or folder to its place on the same disk, and return that place."""
    final.parent.mkdir(parents=True, exist_ok=True)
    put_in_place(draft, final)
    return final


def append_line(path: Path, line: bytes, *, closing: bytes = b"") -> None:
    """Append one line whole or not at all; the caller holds a lock.

    Parameters
    ----------
    closing
        How to end a line that a kill has torn, so that it spoils no other and stays known.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        data = (closing + b"\n" if _is_torn(path, end) else b"") + line + b"\n"
        try:
            if file.write(data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            os.fsync(file.fileno())
        except BaseException:
            file.truncate(end)
            raise


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as durable as the files; Windows has no such call."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _is_torn(path: Path, end: int) -> bool:
    if end == 0:
        return False
    with path.open("rb") as file:
        file.seek(end - 1)
        return file.read(1) != b"\n"


def _lock(handle: int, wait: bool) -> None:
    if sys.platform == "win32":
        while not _locked_in_time(handle, wait):
            pass
    else:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


def _unlock(handle: int) -> None:
    """Free the lock at once: Windows does so at some time after the file is closed."""
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)


if sys.platform == "win32":

    def _locked_in_time(handle: int, wait: bool) -> bool:
        """Lock; to wait means ten seconds there, then again."""
        try:
            msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError as problem:
            if wait and problem.errno == errno.EDEADLK:
                return False
            raise
        return True
