"""When an event happens, and how strongly, week by week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from workbench.scenarios.errors import require


class Schedule(Protocol):
    """The strength of an event over time."""

    @property
    def onset(self) -> int:
        """The first week with a strength above 0."""

    def strength(self, week: int) -> float:
        """The strength in a week, in [0, 1]."""


@dataclass(frozen=True)
class Sudden:
    """Nothing before the onset, everything from then on.

    Examples
    --------
    >>> [Sudden(onset=20).strength(week) for week in (19, 20, 21)]
    [0.0, 1.0, 1.0]
    """

    onset: int

    def strength(self, week: int) -> float:
        """The strength in a week, 0 or 1."""
        return float(week >= self.onset)


@dataclass(frozen=True)
class Gradual:
    """Grows from the onset in equal steps and is complete in the last of ``weeks`` weeks.

    Examples
    --------
    >>> [Gradual(onset=20, weeks=4).strength(week) for week in range(19, 25)]
    [0.0, 0.25, 0.5, 0.75, 1.0, 1.0]
    """

    onset: int
    weeks: int

    def __post_init__(self) -> None:
        require(self.weeks >= 1, f"Gradual needs at least one week, not {self.weeks}.")

    def strength(self, week: int) -> float:
        """The strength in a week, in [0, 1]."""
        return min(max((week - self.onset + 1) / self.weeks, 0.0), 1.0)


@dataclass(frozen=True)
class Recurring:
    """Comes for ``on`` weeks, goes for ``off`` weeks, and so on.

    Examples
    --------
    >>> [Recurring(onset=20, on=2, off=1).strength(week) for week in range(19, 25)]
    [0.0, 1.0, 1.0, 0.0, 1.0, 1.0]
    """

    onset: int
    on: int
    off: int

    def __post_init__(self) -> None:
        require(
            self.on >= 1 and self.off >= 1,
            f"Recurring needs at least one week on and off, not {self.on} and {self.off}.",
        )

    def strength(self, week: int) -> float:
        """The strength in a week, 0 or 1."""
        since = week - self.onset
        return float(since >= 0 and since % (self.on + self.off) < self.on)
