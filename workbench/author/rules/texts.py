"""What learners read: headings, lengths, links, hints, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from workbench.author.findings import Finding, line_of, lines_with
from workbench.author.rules.structure import python_files
from workbench.course import Exercise
from workbench.hints import Ladder, read_ladders

_BRIEF_WORDS = 120
_AFTER_WORDS = 150
_RUNGS = 3
_FENCE = re.compile(r"^```.*?^```", re.M | re.S)
_LINK = re.compile(r"https?://[^\s)>\]]+")


def readme_has_its_parts(exercise: Exercise) -> Iterator[Finding]:
    """Look for title, tasks, what done means, and at most two links."""
    path, text = exercise.folder / "README.md", exercise.text("README.md")
    if not text.startswith(f"# {exercise.title}\n"):
        yield Finding(path, 1, f"Begin with the exercise's title: # {exercise.title}")
    for heading in ("## Task", "## Done means"):
        if not re.search(rf"^{heading}\s*$", text, re.M):
            yield Finding(path, 0, f"Add the section `{heading}`.")
    if not tasks(text):
        yield Finding(path, line_of("^## Task", path), "Number the tasks: 1. ..., 2. ...")
    yield from _links(path, text, 2)


def brief_is_brief(exercise: Exercise) -> Iterator[Finding]:
    """Count the words between title and first section."""
    path, text = exercise.folder / "README.md", exercise.text("README.md")
    brief = re.split(r"^## ", text, maxsplit=1, flags=re.M)[0].partition("\n")[2]
    yield from _length("brief", brief, _BRIEF_WORDS, path)


def after_is_short(exercise: Exercise) -> Iterator[Finding]:
    """Count words and links of after.md."""
    path, text = exercise.folder / "after.md", exercise.text("after.md")
    yield from _length("text", text, _AFTER_WORDS, path)
    yield from _links(path, text, 1)


def hints_climb(exercise: Exercise) -> Iterator[Finding]:
    """Ask for three rungs for each task, the last a skeleton with blanks."""
    path = exercise.folder / "hints.md"
    ladders = {ladder.task: ladder for ladder in read_ladders(exercise)}
    wanted = tasks(exercise.text("README.md"))
    for task in sorted(wanted - ladders.keys()):
        yield Finding(path, 0, f"Task {task} has no hints; add `## Task {task}: title`.")
    for task, ladder in ladders.items():
        line = line_of(rf"^##\s+Task\s+{task}\b", path)
        known = {criterion.id for criterion in exercise.criteria}
        problems = [*_ladder(ladder, known)] if task in wanted else ["The README has no such task."]
        yield from (Finding(path, line, f"Task {task}: {problem}") for problem in problems)


def words_are_kind(exercise: Exercise) -> Iterator[Finding]:
    """Look for the words that tell a stuck learner that it is easy."""
    for path in _written(exercise):
        for line, found in lines_with(r"\b(just|simply)\b", path):
            yield Finding(
                path, line, f'Leave out "{found[1]}": it makes a stuck learner feel slow.'
            )


def nothing_is_to_do(exercise: Exercise) -> Iterator[Finding]:
    """Look for what the author still has to fill in; the starter's TODOs are the learner's."""
    starters = {exercise.folder / name for name in exercise.submit}
    for path in _written(exercise):
        if path not in starters:
            for line, found in lines_with(r'\bTODO\b:?\s*([^"]*)', path):
                yield Finding(path, line, f"Still to do: {found[1] or 'fill this in.'}")


def tasks(readme: str) -> set[int]:
    """Read the numbers of the tasks."""
    section = re.search(r"^## Task\s*$(.*?)(?=^## |\Z)", readme, re.M | re.S)
    text = _FENCE.sub("", section[1]) if section else ""
    return {int(number) for number in re.findall(r"^(\d+)[.)]\s", text, re.M)}


def _ladder(ladder: Ladder, known: set[str]) -> Iterator[str]:
    if len(ladder.rungs) != _RUNGS or not all(ladder.rungs):
        yield f"It has {len(ladder.rungs)} rungs; write {_RUNGS}: question, concept, skeleton."
    elif "___" not in ladder.rungs[-1]:
        yield "The last rung has no blanks; write a skeleton with ___ in place of the answer."
    for check in sorted(set(ladder.checks) - known):
        yield f"There is no check {check}; mend the line <!-- checks: ... -->."


def _length(what: str, text: str, most: int, path: Path) -> Iterator[Finding]:
    count = len(_LINK.sub("", _FENCE.sub("", text)).split())
    if not count:
        yield Finding(path, 1, f"The {what} is empty; write it.")
    if count > most:
        yield Finding(path, 1, f"The {what} has {count} words; cut it to {most}.")


def _links(path: Path, text: str, most: int) -> Iterator[Finding]:
    found = set(_LINK.findall(text))
    if len(found) > most:
        line = max(line_of(re.escape(link), path) for link in found)
        yield Finding(path, line, f"There are {len(found)} links; keep at most {most}.")


def _written(exercise: Exercise) -> list[Path]:
    names = ("README.md", "hints.md", "after.md", "exercise.toml")
    return [*(exercise.folder / name for name in names), *python_files(exercise)]
