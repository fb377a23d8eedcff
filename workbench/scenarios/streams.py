"""A stream: a reference, then one batch a week, with events planted whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbench.scenarios.errors import require
from workbench.scenarios.events import Event, Resampling
from workbench.scenarios.pools import Generators, Pools, Reference, sample
from workbench.scenarios.schedules import Schedule, Sudden
from workbench.scenarios.truth import Truth

MARGIN = 4  # calm weeks before, and weeks after, an onset that is drawn


@dataclass(frozen=True, eq=False)
class Batch:
    """The rows of one week."""

    week: int
    frame: pd.DataFrame


@dataclass(frozen=True)
class Planted:
    """An event and when it happens."""

    event: Event
    schedule: Schedule


@dataclass(frozen=True, eq=False)
class Stream:
    """Weekly batches, made one at a time when they are asked for; ``World.stream`` builds it.

    First it is drawn which rows come (``Resampling`` events weigh the week's pool), then what is
    written in them is changed, each in the order of planting. A batch depends on the seed, its
    week and what is planted, never on other batches; without events its rows are those of the
    calm stream, so that streams can be compared in pairs.

    Parameters
    ----------
    before
        The rows before the stream.
    pools
        For each week the rows that its batch is drawn from.
    weeks
        The weeks of the batches, ascending.
    rows
        Rows in a batch; None for all.
    rng
        Makes the generator for a path of names.
    planted
        The events, in the order of planting.
    """

    before: Reference
    pools: Pools
    weeks: tuple[int, ...]
    rows: int | None
    rng: Generators
    planted: tuple[Planted, ...] = ()

    def __iter__(self) -> Iterator[Batch]:
        return map(self.batch, self.weeks)

    def __len__(self) -> int:
        return len(self.weeks)

    @property
    def reference(self) -> pd.DataFrame:
        """The rows before the stream, always calm: one frame over all reference weeks."""
        return self.before.frame.copy(deep=False)

    @property
    def truth(self) -> Truth:
        """For each week the greatest strength of what is planted."""
        return Truth(
            self.weeks,
            tuple(
                max((planted.schedule.strength(week) for planted in self.planted), default=0.0)
                for week in self.weeks
            ),
        )

    @property
    def description(self) -> str:
        """What is planted, one sentence per event."""
        return (
            " ".join(planted.event.description for planted in self.planted) or "Nothing is planted."
        )

    def batch(self, week: int) -> Batch:
        """Make one batch.

        Raises
        ------
        ScenarioError
            If the week is not in the stream, or an event cannot happen to its rows.
        """
        require(week in self.weeks, f"Week {week} is not in the stream, {self._span()}.")
        frame = self._draw(week)
        for index, planted in enumerate(self.planted):
            if not isinstance(planted.event, Resampling):
                rng = self.rng("event", index, planted.event.name, week)
                frame = planted.event.apply(frame, rng, planted.schedule.strength(week))
        return Batch(week, frame)

    def plant(self, event: Event, when: Schedule | None = None) -> Stream:
        """Return a new stream in which the event happens as well; this one stays as it is.

        Parameters
        ----------
        event
            What happens.
        when
            Its schedule; None draws a sudden onset with at least four weeks before it and four
            after it.

        Raises
        ------
        ScenarioError
            If the stream lacks a column that the event needs, if the event would change nothing,
            or if the onset is not one of the stream's weeks.
        """
        reference = self.reference
        changed = event.apply(reference, self.rng("trial", event.name))
        require(not changed.equals(reference), f"Nothing would change: {event.description}")
        schedule = self._drawn_onset(event) if when is None else when
        require(
            schedule.onset in self.weeks,
            f"The onset in week {schedule.onset} is outside the stream, {self._span()}.",
        )
        return replace(self, planted=(*self.planted, Planted(event, schedule)))

    def _draw(self, week: int) -> pd.DataFrame:
        pool = self.pools[week]
        weights = np.ones(len(pool))
        for planted in self.planted:
            strength = planted.schedule.strength(week)
            if isinstance(planted.event, Resampling) and strength > 0:
                weights = planted.event.weigh(pool, weights, strength)
        rows = sample(pool, self.rows, self.rng("week", week), weights)
        return pool.iloc[rows].reset_index(drop=True)

    def _drawn_onset(self, event: Event) -> Sudden:
        candidates = self.weeks[MARGIN : len(self.weeks) - MARGIN]
        require(
            bool(candidates),
            f"An onset can be drawn in a stream of {2 * MARGIN + 1} weeks or more, {self._span()}.",
        )
        rng = self.rng("onset", len(self.planted), event.name)
        return Sudden(candidates[int(rng.integers(len(candidates)))])

    def _span(self) -> str:
        return f"which has {len(self.weeks)} weeks from {self.weeks[0]} to {self.weeks[-1]}"
