"""One builder at a time, across processes. The system frees the lock of a killed process."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from workbench.flights.errors import FlightsError


@contextmanager
def exclusive(path: Path, *, waiting: Callable[[], None], patience: float) -> Iterator[None]:
    """Hold the lock file `path`.

    Parameters
    ----------
    path : Path
        Created when missing, never removed.
    waiting : callable
        Called about four times a second while another process holds it.
    patience : float
        Seconds until a FlightsError.
    """
    deadline = time.monotonic() + patience
    with path.open("a+b") as handle:
        while not _acquire(handle):
            if time.monotonic() > deadline:
                raise FlightsError(
                    f"Another process has been building the flights tables for {patience:.0f} s. "
                    f"Wait for it, or end it, and try again. (Lock file: {path})"
                )
            waiting()
            time.sleep(0.25)
        try:
            yield
        finally:
            _release(handle)


if sys.platform == "win32":
    import msvcrt

    def _acquire(handle: IO[bytes]) -> bool:
        handle.seek(0)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _release(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _acquire(handle: IO[bytes]) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
