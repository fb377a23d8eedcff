"""Counting what a process does to files, and ending it in the middle.

What is hard to survive is to be killed between two changes of files. So the steps of a job are
these: each file opened for writing, made, moved or removed, and each commit of a SQLite database,
also that of a statement outside of a transaction. A kill comes before the step is done.
"""

from __future__ import annotations

import functools
import os
import re
import signal
import sqlite3
import sqlite3.dbapi2
import sys
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

_CHANGES = {  # events of the audit hook whose first arguments are paths, how many
    "os.rename": ("move", 2),
    "os.remove": ("remove", 1),
    "os.rmdir": ("remove", 1),
    "os.mkdir": ("make", 1),
    "os.link": ("link", 2),
    "os.symlink": ("link", 2),
}
_COMMITS = ("COMMIT", "END")
_STATEMENTS = ("INSERT", "REPLACE", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER")
_HEAD = 80  # characters of a statement that are looked at
_TABLE = re.compile(
    r"""(?:INSERT|REPLACE|UPDATE|DELETE|CREATE|DROP|ALTER)\b
        (?:\s+(?:OR|ROLLBACK|ABORT|REPLACE|FAIL|IGNORE|INTO|FROM|TABLE|IF|NOT|EXISTS)\b)*
        \s+["'`\[]?(\w+)""",
    re.IGNORECASE | re.VERBOSE,
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_NAME, _NAMES = 200, 10_000  # characters of a name; names that are kept


class At(NamedTuple):
    """A step to be killed at.

    Parameters
    ----------
    number
        Counted from 1; none if 0.
    text
        Counted are steps with this in their names, such as a table's; all by default.
    after
        Whether the step is still done: the kill comes before the next one.
    """

    number: int
    text: str = ""
    after: bool = False


_NOWHERE = At(0)


class Steps:
    """Counts the steps of this process between a beginning and an end, and names them.

    An audit hook (PEP 578) cannot be taken back, so one object serves all calls. It is to be
    made before the submission is imported: connections of that time are followed too.

    Parameters
    ----------
    last_words
        Told, right before the process is ended, the names of the step that was done last and of
        the one that would have come.
    """

    def __init__(self, last_words: Callable[[str, str], None]) -> None:
        self.names: list[str] = []
        self._last_words = last_words
        self._folder = f"{Path.cwd()}/"
        self._count, self._at = 0, _NOWHERE
        self._dying = RLock()  # a thread may take a step while the call ends
        sys.addaudithook(self._listen)
        for module in (sqlite3, sqlite3.dbapi2):
            module.connect = self._follow(module.connect)  # type: ignore[attr-defined]

    def begin(self, at: At) -> None:
        """Count from 0, and end the process at a step."""
        self.names, self._count, self._at = [], 0, at

    def end(self) -> list[str]:
        """Return the names of the steps; what follows ends nothing."""
        with self._dying:
            self._at = _NOWHERE
        return self.names

    def _listen(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and _writes(*arguments[1:3]):
            self._step("write", *arguments[:1])
        elif event in _CHANGES:
            word, paths = _CHANGES[event]
            self._step(word, *arguments[:paths])

    def _follow(self, connect: Callable[..., Any]) -> Callable[..., Any]:
        """Hear what connections do; at the event of theirs they cannot be listened to yet."""

        @functools.wraps(connect)
        def followed(*args: Any, **kwargs: Any) -> Any:
            connection = connect(*args, **kwargs)
            if isinstance(connection, sqlite3.Connection):
                connection.set_trace_callback(_Commits(self._step))
            return connection

        return followed

    def _step(self, word: str, *things: object) -> None:
        name = " ".join([word, *(_called(thing, self._folder) for thing in things)])
        if self._is_due(name):
            with self._dying:
                self._at = _NOWHERE
                try:
                    self._last_words(self.names[-1] if self.names else "", name)
                finally:
                    os.kill(os.getpid(), signal.SIGKILL)
        if len(self.names) < _NAMES:
            self.names.append(name)

    def _is_due(self, name: str) -> bool:
        """Count a step; tell whether the process is to end before it."""
        if self._at.after and self._count == self._at.number:
            return True
        self._count += self._at.text in name
        return self._count == self._at.number and not self._at.after


class _Commits:
    """Hears the statements of one connection before they are run, and tells of each commit."""

    def __init__(self, tell: Callable[..., None]) -> None:
        self._tell = tell
        self._inside = False  # of a transaction
        self._tables: dict[str, None] = {}  # that were changed in it

    def __call__(self, statement: str) -> None:
        head = statement.lstrip()[:_HEAD]
        begins = head.upper().startswith
        if begins(_STATEMENTS) and (found := _TABLE.match(head)):
            self._tables[found[1]] = None
        if begins(_COMMITS) or (begins(_STATEMENTS) and not self._inside):
            self._tell("commit", ", ".join(self._tables))
        if begins("BEGIN"):
            self._inside = True
        elif begins((*_COMMITS, "ROLLBACK")):
            self._inside = False
        if not self._inside:
            self._tables = {}


def _called(thing: object, folder: str) -> str:
    """Name a path or tables shortly; a path's class may be the submission's, and do anything."""
    try:
        text = os.fsdecode(thing)[: 2 * _NAME].removeprefix(folder)[:_NAME]  # type: ignore[arg-type]
        return text.encode("utf-8", "replace").decode()
    except BaseException:
        return "?"  # a file's number, for one


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & _WRITING)
