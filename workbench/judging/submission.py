"""The files of a submission, read once, before anything runs."""

from __future__ import annotations

import os
import stat
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import decode_source
from pathlib import Path
from typing import Self

from workbench.course import Exercise

MAX_FILE = 1_000_000
_CHECKED = 20_000  # compiling can take time and memory that grow with the square of the size
_SHOWN = 200  # characters of a line that is not valid


class SubmissionError(Exception):
    """A submitted file that cannot be judged; the message says which and what to do.

    Parameters
    ----------
    file, line
        Where it is at fault; empty and 0 where that is no line of a file.
    """

    def __init__(self, message: str, file: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.file = file
        self.line = line


@dataclass(frozen=True)
class Submission:
    """A snapshot of the files that an exercise asks for; what else lies about is left out."""

    files: Mapping[str, bytes]

    @classmethod
    def read(cls, exercise: Exercise, folder: Path) -> Self:
        """Read the submitted files from a folder.

        Raises
        ------
        SubmissionError
            When a file is missing, empty, no ordinary file, too large or unreadable.
        """
        return cls({name: _read(folder / name, exercise) for name in exercise.submit})

    def write(self, folder: Path) -> None:
        """Lay the files into a folder."""
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


def _read(path: Path, exercise: Exercise) -> bytes:
    try:
        # without following links, and without waiting for the writer of a fifo
        flags = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
        with os.fdopen(os.open(path, os.O_RDONLY | flags), "rb") as file:
            content = _content(file.fileno(), path)
    except FileNotFoundError:
        raise SubmissionError(
            f"{path.name} is missing. `workbench reset {exercise.id}` brings the starter back."
        ) from None
    except OSError as problem:
        reason = "it is a link" if path.is_symlink() else problem.strerror
        raise SubmissionError(
            f"{path.name} cannot be read: {reason}. Make it an ordinary file that you may read."
        ) from None
    if not content.strip():
        raise SubmissionError(
            f"{path.name} is empty. Write your answer into it, or bring the starter back with "
            f"`workbench reset {exercise.id}`."
        )
    if path.suffix == ".py" and len(content) <= _CHECKED:
        _check_text(content, path)
    return content


def _content(fd: int, path: Path) -> bytes:
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        raise SubmissionError(f"{path.name} is not an ordinary file. Replace it by one.")
    if status.st_size > MAX_FILE:
        raise SubmissionError(
            f"{path.name} has {status.st_size:,} bytes; at most {MAX_FILE:,} are judged. "
            "Take data out of it."
        )
    return os.read(fd, MAX_FILE)


def _check_text(content: bytes, path: Path) -> None:
    """Refuse what Python cannot read as source, with the line where there is one."""
    try:
        with warnings.catch_warnings(action="ignore"):  # they would print the line as it is
            compile(decode_source(content), path.name, "exec", dont_inherit=True)
    except UnicodeDecodeError:
        raise SubmissionError(f"{path.name} is not UTF-8 text. {_SAVE}") from None
    except SyntaxError as problem:
        if "encoding" in str(problem) or "codec" in str(problem):
            raise SubmissionError(f"{path.name} is not UTF-8 text. {_SAVE}") from None
        where = f"{path.name}, line {problem.lineno}"
        code = f": {problem.text.strip()[:_SHOWN]}" if problem.text else ""
        raise SubmissionError(
            f"{where} is not valid Python ({problem.msg[:_SHOWN]}){code}. Mend this line first.",
            path.name,
            problem.lineno or 0,
        ) from None
    except Exception as problem:  # the compiler gives up in many ways
        reason = str(problem)[:_SHOWN] or type(problem).__name__
        raise SubmissionError(f"{path.name} is not valid Python: {reason}.") from None


_SAVE = "Save it with the encoding UTF-8."
