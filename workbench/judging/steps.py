"""Counting what a process does to files, and ending it in the middle.

What is hard to survive is to be killed between two changes of files. So the steps of a job are
these: each file opened for writing, made, moved or removed, and each commit of a SQLite database,
also that of a statement outside of a transaction. A kill comes before the step is done.
"""

from __future__ import annotations

import functools
import os
import signal
import sqlite3
import sqlite3.dbapi2
import sys
from collections.abc import Callable
from typing import Any, Final

if sys.platform == "win32":
    KILL: Final = signal.SIGTERM  # ends a process at once there, as any signal does
else:
    KILL: Final = signal.SIGKILL

_CHANGES = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink"})
_COMMITS = ("COMMIT", "END")
_STATEMENTS = ("INSERT", "REPLACE", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Steps:
    """Counts the steps of this process between a beginning and an end.

    An audit hook (PEP 578) cannot be taken back, so one object serves all calls. It is to be
    made before the submission is imported: connections of that time are followed too.
    """

    def __init__(self) -> None:
        self.count = 0
        self._die_at = 0
        sys.addaudithook(self._listen)
        for module in (sqlite3, sqlite3.dbapi2):
            module.connect = self._follow(module.connect)  # type: ignore[attr-defined]

    def begin(self, die_at: int) -> None:
        """Count from 0, and end the process at a step; at none if it is 0."""
        self.count, self._die_at = 0, die_at

    def end(self) -> int:
        """Return the count; what follows ends nothing."""
        self._die_at = 0
        return self.count

    def _listen(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CHANGES or (event == "open" and _writes(*arguments[1:3])):
            self._step()

    def _follow(self, connect: Callable[..., Any]) -> Callable[..., Any]:
        """Hear what connections do; at the event of theirs they cannot be listened to yet."""

        @functools.wraps(connect)
        def followed(*args: Any, **kwargs: Any) -> Any:
            connection = connect(*args, **kwargs)
            if isinstance(connection, sqlite3.Connection):
                connection.set_trace_callback(_Commits(self._step))
            return connection

        return followed

    def _step(self) -> None:
        self.count += 1
        if self.count == self._die_at:
            os.kill(os.getpid(), KILL)


class _Commits:
    """Hears the statements of one connection before they are run, and tells of each commit."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._inside = False  # of a transaction

    def __call__(self, statement: str) -> None:
        begins = statement.lstrip()[:10].upper().startswith
        if begins(_COMMITS) or (begins(_STATEMENTS) and not self._inside):
            self._tell()
        if begins("BEGIN"):
            self._inside = True
        elif begins((*_COMMITS, "ROLLBACK")):
            self._inside = False


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & _WRITING)
