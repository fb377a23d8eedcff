"""The truth about a stream: what the judge knows and a learner's code never sees."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.scenarios.errors import require


@dataclass(frozen=True)
class Truth:
    """How strongly something planted is at work, week by week.

    Parameters
    ----------
    weeks
        The weeks of the stream, ascending.
    strength
        For each week a strength in [0, 1]; 0 is calm.
    """

    weeks: tuple[int, ...]
    strength: tuple[float, ...]

    def __post_init__(self) -> None:
        require(
            len(self.weeks) == len(self.strength),
            f"A truth needs one strength per week: {len(self.weeks)} weeks, "
            f"{len(self.strength)} strengths.",
        )
        require(
            all(0 <= strength <= 1 for strength in self.strength),
            f"A strength lies between 0 and 1, not all of {self.strength}.",
        )

    @property
    def active(self) -> tuple[bool, ...]:
        """For each week, whether something planted is at work."""
        return tuple(strength > 0 for strength in self.strength)

    @property
    def onset(self) -> int | None:
        """The first active week, or None in a calm stream."""
        return next((week for week, on in zip(self.weeks, self.active, strict=True) if on), None)

    @property
    def spells(self) -> tuple[tuple[int, ...], ...]:
        """Runs of active weeks without a calm one between them, as positions in ``weeks``."""
        runs: list[list[int]] = []
        for position, on in enumerate(self.active):
            if on and position and self.active[position - 1]:
                runs[-1].append(position)
            elif on:
                runs.append([position])
        return tuple(map(tuple, runs))
