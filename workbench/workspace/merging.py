"""Three-way merge of texts, by lines: what the learner and the course both made of one file.

The standard library's :mod:`difflib` finds the lines that stayed; there is no git here, and the
one library for it on PyPI is under the GPL, which this project is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

MINE = "<<<<<<< yours"
BETWEEN = "======="
NEW = ">>>>>>> new version of the course"

Lines = Sequence[str]


@dataclass(frozen=True)
class Merged:
    """A merged text.

    Parameters
    ----------
    conflicts
        Numbers of the lines at which a conflict is marked, as an editor counts them.
    """

    text: str
    conflicts: tuple[int, ...] = ()


def merge(base: str, mine: str, new: str) -> Merged:
    """Take over what either side changed; where both changed the same lines, mark both.

    Marks are those of git, which editors know. Line ends are those of `mine`.

    Parameters
    ----------
    base
        The file as it was delivered.
    mine, new
        What the learner, and what the course, made of it.
    """
    merged: list[str] = []
    conflicts: list[int] = []
    for before, ours, theirs in _regions(*map(_lines, (base, mine, new))):
        if ours == before:
            merged += theirs
        elif theirs in (before, ours):
            merged += ours
        else:
            conflicts.append(len(merged) + 1)
            merged += [MINE, *ours, BETWEEN, *theirs, NEW]
    return Merged(_end_of_line(mine).join(merged), tuple(conflicts))


def is_marked(text: str) -> bool:
    """Tell whether conflicts are still marked in a text."""
    return not {MINE, NEW}.isdisjoint(_lines(text))


def _regions(base: Lines, mine: Lines, new: Lines) -> Iterator[tuple[Lines, Lines, Lines]]:
    """Cut three texts into stretches that stand for each other: same in all, or not."""
    i = j = k = 0
    for start, here, there, length in _anchors(base, mine, new):
        yield base[i:start], mine[j:here], new[k:there]
        i, j, k = start + length, here + length, there + length
        yield (base[start:i],) * 3
    yield base[i:], mine[j:], new[k:]


def _anchors(base: Lines, mine: Lines, new: Lines) -> Iterator[tuple[int, int, int, int]]:
    """Find the stretches of `base` that are in both others: where in each, and how long."""
    blocks = _matches(base, mine), _matches(base, new)
    for start, here, length in blocks[0]:
        for again, there, other in blocks[1]:
            first, last = max(start, again), min(start + length, again + other)
            if first < last:
                yield first, here + first - start, there + first - again, last - first


def _matches(one: Lines, other: Lines) -> list[Match]:
    return SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()


def _lines(text: str) -> list[str]:
    """Split a text so that joining gives it back, but for the line ends of Windows."""
    return text.replace("\r\n", "\n").split("\n")


def _end_of_line(text: str) -> str:
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
