"""Counting what a process does to files, and ending it in the middle.

What is hard to survive is to be killed between two changes of files. So the steps of a job are
these: each file opened for writing, made, moved or removed, and each commit of a SQLite database.
A kill comes before the step is done.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

_CHANGES = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Steps:
    """Counts the steps of this process from now on.

    An audit hook (PEP 578) cannot be taken back, so one object serves all calls.
    """

    def __init__(self) -> None:
        self.count = 0
        self._die_at = 0
        sys.addaudithook(self._listen)

    def begin(self, die_at: int) -> None:
        """Count from 0, and end the process at a step; at none if it is 0."""
        self.count, self._die_at = 0, die_at

    def _listen(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CHANGES or (event == "open" and _writes(*arguments[1:3])):
            self._step()
        elif event == "sqlite3.connect/handle":
            arguments[0].set_trace_callback(self._trace)

    def _trace(self, statement: str) -> None:
        if statement.lstrip()[:6].upper() == "COMMIT":
            self._step()

    def _step(self) -> None:
        self.count += 1
        if self.count == self._die_at:
            os.kill(os.getpid(), signal.SIGKILL)


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & _WRITING)
