"""What the command shows: the course, the next exercise, a verdict, a solution, findings."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbench.course import Course, Exercise
from workbench.reports.beside import show_beside
from workbench.reports.story import Means
from workbench.reports.terminal import show_result
from workbench.results import Result
from workbench.workspace.desk import Desk
from workbench.workspace.progress import Progress

if TYPE_CHECKING:
    from workbench.cli.doctor import Finding
    from workbench.workspace.folder import Workspace

_STATES = {
    "passed": "green",
    "tested out": "green",
    "given up": "yellow",
    "tried": "yellow",
    "not attempted": "dim",
}
_NARROW = 70  # columns
_STATUSES = {"ok": "green", "warning": "yellow", "problem": "red"}


def show_course(course: Course, progress: Mapping[str, Progress], console: Console) -> None:
    """Write every exercise, by stage, with the learner's progress."""
    table = _grid()
    # ids are typed, so they are never cut; where there is no room for titles, ids are enough
    table.add_column(no_wrap=True, min_width=2 + max(len(exercise.id) for exercise in course))
    for stage in course.stages:
        table.add_row(Text(stage.title, style="bold"))
        for exercise in stage.exercises:
            table.add_row(*_row(exercise, progress[exercise.id], console.width >= _NARROW))
    console.print(table)


def show_stages(desk: Desk, exercise: Exercise, console: Console) -> None:
    """Write one letter for each exercise, by stage: how far the learner is, at a glance."""
    done, here, open_ = "#>." if console.options.ascii_only else "█▶░"

    def letter(each: Exercise) -> str:
        return done if desk.progress[each.id].done else here if each.id == exercise.id else open_

    bar = " ".join("".join(map(letter, stage.exercises)) for stage in desk.course.stages)
    count = f"{sum(p.done for p in desk.progress.values())} of {len(desk.progress)} done"
    stage = next(stage.title for stage in desk.course.stages if exercise in stage.exercises)
    about = f"{count}; {stage}: {exercise.id} ({desk.progress[exercise.id].state})"
    # where one does not see the bar, or it does not fit, the count says it
    bar = f"{bar}  " if console.is_terminal and len(bar) + 2 < console.width else ""
    console.print(f"\n{bar}{about}")


def course_document(course: Course, progress: Mapping[str, Progress]) -> dict[str, Any]:
    """Tell the same as plain JSON data."""
    exercises = [_document(exercise, progress[exercise.id]) for exercise in course]
    return {"schema_version": 1, "exercises": exercises}


def next_document(desk: Desk) -> dict[str, Any]:
    """Tell which exercise comes next, as plain JSON data; null when all are done."""
    exercise = desk.next
    document = exercise and _document(exercise, desk.progress[exercise.id])
    return {"schema_version": 1, "exercise": document}


def show_next(desk: Desk, console: Console) -> None:
    """Write the brief of the next exercise, and where to begin."""
    if desk.next is None:
        console.print(
            "Every exercise is done. `workbench page portfolio` shows the way that you went."
        )
    else:
        show_brief(desk.workspace, desk.next, console)
        files = " and ".join(desk.next.submit)
        console.print(f"Next: edit {files} there, then run `workbench check {desk.next.id}`.")


def show_brief(workspace: Workspace, exercise: Exercise, console: Console) -> None:
    """Write why the exercise is there, and where its task stands."""
    readme = workspace.folder(exercise) / "README.md"
    show_markdown(brief(exercise.text("README.md")), console)
    console.print(f"\nThe task is in {_near(readme)}; about {exercise.minutes} minutes.")


def show_way(workspace: Workspace, exercise: Exercise, console: Console) -> None:
    """Write the commands to begin with, ready to be copied."""
    folder = _quoted(_near(workspace.folder(exercise)))
    lines = (f"cd {folder}", f"(edit {' and '.join(exercise.submit)})", f"{_command()} check")
    console.print("\nBegin:")
    for line in lines:
        console.print(f"  {line}", soft_wrap=True)


def show_verdict(
    result: Result, exercise: Exercise, console: Console, means: Means | None = None
) -> None:
    """Write a judgement; after a pass, also why it works."""
    show_result(result, exercise, console, means)
    if result.exit_status == 0:
        console.print()
        show_markdown(exercise.text("after.md"), console)


def brief(readme: str) -> str:
    """Cut a README before its first section, the task."""
    return re.split(r"^## ", readme, maxsplit=1, flags=re.MULTILINE)[0].strip()


def show_markdown(text: str, console: Console) -> None:
    """Write Markdown; away from a terminal as it is, since that reads well and can be piped."""
    if not console.is_terminal:
        console.print(text, soft_wrap=True)
        return
    from rich.markdown import Markdown

    # addresses are written: not every terminal opens a link, or says where it leads
    console.print(Markdown(text, hyperlinks=False))


def show_solution(exercise: Exercise, console: Console) -> None:
    """Write the reference's files, where other right ways are, and why it works."""
    for name in exercise.submit:
        path = exercise.solution / name
        console.print(Text(f"# {_near(path)}", style="bold"))
        console.print(Text(path.read_text(encoding="utf-8")), soft_wrap=True)
    _show_why(exercise, console)


def show_solution_beside(workspace: Workspace, exercise: Exercise, console: Console) -> None:
    """Write how the learner's own files differ from the reference's, and the same."""
    for name in exercise.submit:
        paths = workspace.folder(exercise) / name, exercise.solution / name
        mine, reference = (p.read_text(encoding="utf-8", errors="replace") for p in paths)
        show_beside(mine, reference, (f"yours: {name}", f"reference: {name}"), console)
        console.print()
    _show_why(exercise, console)


def _show_why(exercise: Exercise, console: Console) -> None:
    others = [_near(path) for path in sorted(exercise.solution.glob("alternatives/*"))]
    if others:
        lines = "".join(f"\n  {path}" for path in others)
        console.print(f"Other right ways:{lines}", end="\n\n", soft_wrap=True)
    show_markdown(exercise.text("after.md"), console)


def show_findings(findings: Sequence[Finding], console: Console) -> None:
    """Write what the doctor found, and the cures."""
    table = _grid()
    table.add_column()
    table.add_column()
    table.add_column(overflow="fold")  # a path is of no use when it is cut
    for finding in findings:
        table.add_row(Text(finding.status, _STATUSES[finding.status]), finding.name, finding.seen)
        if finding.cure:
            table.add_row("", "", Text(f"Cure: {finding.cure}", style="bold"))
    console.print(table)


def _document(exercise: Exercise, progress: Progress) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "stage": exercise.stage,
        "title": exercise.title,
        "minutes": exercise.minutes,
        "submit": list(exercise.submit),
        "state": progress.state,
        "best": progress.best,
        "max_score": progress.max,
        "attempts": progress.attempts,
    }


def _row(exercise: Exercise, progress: Progress, wide: bool) -> tuple[Text, ...]:
    name, points = Text(f"  {exercise.id}"), Text(_points(progress))
    state = Text(progress.standing, style=_STATES[progress.state])
    if wide:
        return name, Text(exercise.title), Text(f"{exercise.minutes} min"), points, state
    return name, Text(" ").join(filter(None, (points, state)))


def _points(progress: Progress) -> str:
    return f"{progress.best}/{progress.max}" if progress.attempts else ""


def _grid() -> Table:
    return Table(box=None, show_header=False, pad_edge=False, padding=(0, 3, 0, 0))


def _command() -> str:
    """Write how the command is called from any folder: its name may not be on the path."""
    called = Path(sys.argv[0]).absolute()
    known = shutil.which("workbench") or not called.name.startswith("workbench")
    return "workbench" if known else _quoted(str(called))


def _quoted(path: str) -> str:
    """Write a path as a shell takes it; those of Windows know double quotes only."""
    if sys.platform == "win32":
        return f'"{path}"' if " " in path else path
    return shlex.quote(path)


def _near(path: Path) -> str:
    """Write a path as short as it can be from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
