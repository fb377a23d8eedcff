"""Pages as files: ``python -m workbench.reports.pages WORKSPACE progress``, for instance.

Drawing figures takes heavy libraries, so the command has it done in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from workbench.cli.faults import about
from workbench.course import load_course
from workbench.declarations import CourseError
from workbench.paths import chosen_course
from workbench.practice import own_environment
from workbench.workspace.attempts import Attempt, LedgerError
from workbench.workspace.desk import Desk
from workbench.workspace.durable import write_whole
from workbench.workspace.folder import Workspace, WorkspaceError, find_workspace

_SECONDS = 120
_EXPLAINED = 3
_MARK = b'<meta name="generator" content="MLOps workbench">'
_HEAD = 2000  # bytes in which a page has its mark


class PageError(Exception):
    """The page could not be written."""


def write_page(workspace: Workspace, attempt: str) -> Path:
    """Write the page of a judged attempt, and return where it is.

    Raises
    ------
    PageError
        With the reason.
    """
    _have_written(workspace, "attempt", attempt)
    return page_of(workspace, attempt)


def write_progress(workspace: Workspace) -> Path:
    """Write how far the learner is, with the pages that this links to; return where it is.

    Raises
    ------
    PageError
        With the reason.
    """
    _have_written(workspace, "progress")
    return page_of(workspace, "progress")


def write_portfolio(workspace: Workspace, name: str = "") -> Path:
    """Write what the learner can show, and return where it is.

    Raises
    ------
    PageError
        With the reason; also when a file is there that no workbench wrote.
    """
    target = portfolio_of(workspace)
    if target.exists() and not _is_page(target):
        raise PageError(
            f"{target} is there already, and no page of the workbench. "
            "Give it another name, then run the command again."
        )
    _have_written(workspace, "portfolio", name)
    return target


def page_of(workspace: Workspace, name: str) -> Path:
    """Where the page of an attempt, or the one named ``progress``, is written to."""
    return workspace.home / "pages" / f"{name}.html"


def portfolio_of(workspace: Workspace) -> Path:
    """Where the portfolio is written to: it is the learner's, so it lies open."""
    return workspace.root / "portfolio.html"


def show_page(page: Path) -> bool:
    """Open a page in the browser; not where that could only be one that takes the terminal."""
    windows = sys.platform in ("darwin", "win32")
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return (windows or any(map(os.environ.get, screens))) and webbrowser.open(page.as_uri())


def _have_written(workspace: Workspace, *order: str) -> None:
    here = str(workspace.root)
    command = [sys.executable, "-P", "-m", "workbench.reports.pages", here, *order]
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
        if done.returncode == _EXPLAINED:
            raise PageError(said)
        raise PageError(f"The page could not be written: {said}. `workbench doctor` may know why.")


def _is_page(file: Path) -> bool:
    with file.open("rb") as opened:
        return _MARK in opened.read(_HEAD)


def main(arguments: Sequence[str]) -> int:
    """Write the pages that are asked for, into the workspace that the first argument names."""
    root, kind, *rest = arguments
    try:
        workspace = find_workspace(Path(root).resolve())
        desk = Desk(load_course(chosen_course()), workspace)
        _WRITERS[kind](desk, workspace.ledger.read(), *rest)
    except (WorkspaceError, LedgerError, CourseError) as problem:
        return _explain(str(problem))
    except OSError as problem:
        return _explain(about(problem))
    return 0


def _explain(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return _EXPLAINED


def _attempt(desk: Desk, attempts: Sequence[Attempt], id_: str) -> None:
    _write_attempt(desk, next(attempt for attempt in attempts if attempt.id == id_))


def _progress(desk: Desk, attempts: Sequence[Attempt]) -> None:
    from workbench.reports.progress_page import progress_page
    from workbench.reports.works import works

    stages = works(attempts, desk.course)
    linked = [work.last for stage in stages for work in stage.works if work.last]
    for attempt in linked:
        if not page_of(desk.workspace, attempt.id).exists():  # an attempt never changes
            _write_attempt(desk, attempt)
    _write(desk, page_of(desk.workspace, "progress"), progress_page(desk, stages))


def _portfolio(desk: Desk, attempts: Sequence[Attempt], name: str) -> None:
    from workbench.reports.portfolio_page import portfolio_page
    from workbench.reports.works import works

    page = portfolio_page(works(attempts, desk.course), name)
    _write(desk, portfolio_of(desk.workspace), page)


_WRITERS: Mapping[str, Callable[..., None]] = {
    "attempt": _attempt,
    "progress": _progress,
    "portfolio": _portfolio,
}


def _write_attempt(desk: Desk, attempt: Attempt) -> None:
    from workbench.reports.html import about_attempt, page

    assert attempt.result is not None, "only checks have a page"
    exercise = next((e for e in desk.course if e.id == attempt.exercise), None)
    html = page(attempt.result, exercise, about_attempt(attempt))
    _write(desk, page_of(desk.workspace, attempt.id), html)


def _write(desk: Desk, target: Path, html: str) -> None:
    scratch = desk.workspace.home / "pages"
    write_whole(target, html.encode("utf-8", "backslashreplace"), scratch=scratch)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
