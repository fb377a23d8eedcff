"""Which saves are to be judged: looked at again and again, since events do not arrive everywhere.

Network disks, containers and editors that save by renaming send no events, or other ones. A
submission is a handful of small files, so looking is cheap.
"""

from __future__ import annotations

import hashlib
import stat
import time
from collections.abc import Sequence
from pathlib import Path

from workbench.judging.submission import MAX_FILE

_COARSE = 3.0  # seconds; some disks tell times no finer than two


class Saves:
    """Tells when files have another content than before, and nobody is still writing it.

    Parameters
    ----------
    paths
        The files, which need not be there.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self.settle()

    def settle(self) -> None:
        """Take what is there as known."""
        self._stamps = self._look()
        self._known = self._digest()
        self._fresh: bytes | None = None

    @property
    def unsettled(self) -> bool:
        """Whether the next look may come sooner: something was written a moment ago."""
        return self._fresh is not None

    def seen(self) -> bool:
        """Look once; a new content counts when two looks in a row find it."""
        stamps = self._look()
        if stamps == self._stamps and not self._fresh and not self._recent(stamps):
            return False
        self._stamps = stamps
        before, self._fresh = self._fresh, self._digest()
        if self._fresh in (None, self._known):
            self._fresh = None
        elif self._fresh == before:
            self._known, self._fresh = before, None
            return True
        return False

    def _look(self) -> tuple[tuple[int, ...], ...]:
        return tuple(map(_stamp, self._paths))

    def _recent(self, stamps: tuple[tuple[int, ...], ...]) -> bool:
        """Tell whether a save may have left the time as it was."""
        return any(abs(time.time() - s[0] / 1e9) < _COARSE for s in stamps if s)

    def _digest(self) -> bytes | None:
        """Digest all contents; None while one is missing, empty or no ordinary file."""
        whole = hashlib.sha256()
        for path in self._paths:
            if not _stamp(path):
                return None
            try:
                with path.open("rb") as file:
                    content = file.read(MAX_FILE + 1)
            except OSError:
                return None
            if not content:
                return None
            whole.update(hashlib.sha256(content).digest())
        return whole.digest()


def _stamp(path: Path) -> tuple[int, ...]:
    """Read time, size and number of an ordinary file; nothing of another."""
    try:
        status = path.lstat()
    except OSError:
        return ()
    if not stat.S_ISREG(status.st_mode):
        return ()
    return status.st_mtime_ns, status.st_size, status.st_ino
