"""What an author is told: a place, and what to do there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.declarations import CourseError


@dataclass(frozen=True)
class Finding:
    """One thing to mend.

    Parameters
    ----------
    path, line
        Where it is; line 0 stands for the whole file or folder.
    advice
        What is wrong and what to do, in a sentence or two.
    """

    path: Path
    line: int
    advice: str

    @classmethod
    def of(cls, problem: CourseError, otherwise: Path) -> Finding:
        """Find file and line in an error's message; ``otherwise`` is where it belongs if not."""
        text = str(problem)
        found = re.match(r"(.+?\.\w+)(?::(\d+))?:? (.+)", text, re.S)
        if not found:
            return cls(otherwise, 0, text)
        return cls(Path(found[1]), int(found[2] or 0), found[3])

    def tell(self, root: Path) -> str:
        """Write it as ``file:line: advice``, the file seen from ``root`` if it lies there."""
        return f"{self._near(root)}{f':{self.line}' if self.line else ''}: {self.advice}"

    def document(self, root: Path) -> dict[str, Any]:
        """Give it as plain JSON data."""
        return {"file": self._near(root), "line": self.line, "advice": self.advice}

    def _near(self, root: Path) -> str:
        near = self.path.relative_to(root) if self.path.is_relative_to(root) else self.path
        return near.as_posix()


def lines_with(pattern: str, path: Path) -> Iterator[tuple[int, re.Match[str]]]:
    """Find the lines of a file in which a pattern occurs, whatever the case of its letters."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if found := re.search(pattern, line, re.IGNORECASE):
            yield number, found


def line_of(pattern: str, path: Path) -> int:
    """Return the first line with a pattern; 0 when there is none."""
    return next((number for number, _ in lines_with(pattern, path)), 0)
