"""Marking a function of ``checks.py`` as a criterion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

MARK = "__criterion__"
Check = TypeVar("Check", bound=Callable[..., None])


@dataclass(frozen=True)
class Declared:
    """What ``@criterion`` was given."""

    points: int
    requires: str | None
    hint: str


def criterion(
    *, points: int, requires: str | None = None, hint: str = ""
) -> Callable[[Check], Check]:
    """Mark a check.

    The function's docstring is the sentence that the learner reads; its arguments are any of
    ``learner``, ``world``, ``limits`` and ``evidence``; an assertion that fails ends it, and the
    assertion's message is what the learner reads then.

    Parameters
    ----------
    points
        What a pass earns. 0 makes a gate: others require it, it pays nothing itself.
    requires
        Name of an earlier check without which this one is skipped.
    hint
        Where to look when it fails: a term, an API page.
    """

    def mark(check: Check) -> Check:
        setattr(check, MARK, Declared(points, requires, hint))
        return check

    return mark


def declared(candidate: Any) -> Declared | None:
    """Return what a function was marked with; None for any other object."""
    found = getattr(candidate, MARK, None)
    return found if isinstance(found, Declared) else None
