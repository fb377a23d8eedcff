"""The page of an attempt as a file: ``python -m workbench.reports.pages WORKSPACE ATTEMPT``.

Drawing figures takes heavy libraries, so the command has it done in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from workbench.course import load_course
from workbench.durable import write_whole
from workbench.paths import chosen_course
from workbench.practice import own_environment
from workbench.workspace import Workspace, find_workspace

_SECONDS = 60


class PageError(Exception):
    """The page could not be written."""


def write_page(workspace: Workspace, attempt: str) -> Path:
    """Write the page of a judged attempt, and return where it is.

    Raises
    ------
    PageError
        With the reason.
    """
    command = [sys.executable, "-P", "-m", "workbench.reports.pages", str(workspace.root), attempt]
    try:
        done = subprocess.run(
            command,
            env=own_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise PageError(f"The page was not drawn within {_SECONDS} seconds. Try again.") from None
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise PageError(f"The page could not be written: {said}. `workbench doctor` may know why.")
    return page_of(workspace, attempt)


def page_of(workspace: Workspace, attempt: str) -> Path:
    """Where the page of an attempt is written to."""
    return workspace.home / "pages" / f"{attempt}.html"


def show_page(page: Path) -> bool:
    """Open a page in the browser; not where that could only be one that takes the terminal."""
    windows = sys.platform in ("darwin", "win32")
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return (windows or any(map(os.environ.get, screens))) and webbrowser.open(page.as_uri())


def main(arguments: Sequence[str]) -> None:
    """Write the page of the attempt that the second argument names."""
    from workbench.reports.html import about_attempt, page

    workspace = find_workspace(Path(arguments[0]).resolve())
    attempt = next(a for a in workspace.ledger.read() if a.id == arguments[1])
    assert attempt.result is not None, "only checks have a page"
    course = load_course(chosen_course())
    exercise = next((e for e in course if e.id == attempt.exercise), None)
    html = page(attempt.result, exercise, about_attempt(attempt))
    target = page_of(workspace, attempt.id)
    write_whole(target, html.encode("utf-8", "backslashreplace"), scratch=target.parent)


if __name__ == "__main__":
    main(sys.argv[1:])
