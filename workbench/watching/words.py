"""What the learner says to ``watch``: keys on a terminal, lines where there is none."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

KEYS = {
    "h": "hint",
    "n": "next",
    "l": "list",
    "r": "reset",
    "o": "open",
    "c": "check",
    "q": "quit",
    "y": "yes",
}
"""Each key, and the word that a line would say."""


def is_keyboard() -> bool:
    """Whether keys can be read one by one, and what is written is seen at once."""
    streams = (sys.stdin, sys.stdout)
    return all(stream is not None and stream.isatty() for stream in streams)


@contextmanager
def listen(tell: Callable[[str], None], keyboard: bool) -> Iterator[None]:
    """Have each word told, from another thread; ``quit`` at the end of the input."""
    source = -1 if sys.stdin is None else sys.stdin.fileno()
    with _single_keys(source) if keyboard else _nothing():
        read = _keys if keyboard else _lines
        threading.Thread(target=_pass_on, args=(read(source), tell), daemon=True).start()
        yield


def _pass_on(words: Iterator[str], tell: Callable[[str], None]) -> None:
    for word in words:
        tell(word)
    tell("quit")


def _keys(source: int) -> Iterator[str]:
    """Read keys; those that send more than one letter, as arrows do, mean nothing."""
    while pressed := _press(source):
        if pressed[0] not in "\x1b\x00\xe0":
            for letter in pressed.lower():
                yield KEYS.get(letter, "")


def _press(source: int) -> str:
    """Wait for a key, or for some that come at once; nothing at the end."""
    if sys.platform != "win32":
        return _read(source).decode("utf-8", "replace")
    try:
        return click.getchar()
    except (KeyboardInterrupt, EOFError):  # where keys are read one by one, Ctrl-C is one of them
        return ""


def _lines(source: int) -> Iterator[str]:
    """Read lines; an empty one asks for a check."""
    rest = b""
    while part := _read(source):
        *lines, rest = (rest + part).split(b"\n")
        for line in lines:
            yield line.decode("utf-8", "replace").strip().lower() or "check"
    if rest.strip():
        yield rest.decode("utf-8", "replace").strip().lower()


def _read(source: int) -> bytes:
    try:
        return os.read(source, 1024)
    except OSError:  # the terminal is gone
        return b""


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _single_keys(source: int) -> Iterator[None]:
    """Get keys without Enter and without an echo; the terminal is as before afterwards."""
    if sys.platform == "win32":
        yield  # click sees to it for each key
        return
    import termios
    import tty

    before = termios.tcgetattr(source)
    tty.setcbreak(source)
    try:
        yield
    finally:
        termios.tcsetattr(source, termios.TCSADRAIN, before)
