"""The world of one exercise: real rows, and chance that depends on a seed and on names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.flights.calendar import LIVE_WEEKS, TRAINING_WEEKS
from workbench.scenarios.draws import generator
from workbench.scenarios.errors import ScenarioError, require
from workbench.scenarios.pools import Reference, Season, Stillness, Table, sample
from workbench.scenarios.streams import Stream

# A shift needs rows to choose from: without a season, this many for each row of a batch.
POOL = 4


@dataclass(frozen=True)
class World:
    """Rows and chance for one exercise.

    Parameters
    ----------
    flights
        The table of flights.
    seed
        Whoever knows it can draw the same world.
    name
        Worlds of one seed and other names are independent; the id of an exercise, say.
    """

    flights: Table
    seed: int | str
    name: str

    def rng(self, *names: object) -> np.random.Generator:
        """Make the generator of a path of names: equal on each machine, and in any order.

        Examples
        --------
        >>> World(flights=None, seed=7, name="doc").rng("week", 20).integers(100, size=3)
        array([51, 65, 22])
        """
        return generator(self.seed, self.name, *names)

    def week(self, week: int, columns: Sequence[str], rows: int | None = None) -> pd.DataFrame:
        """Return rows of one week in their original order.

        Parameters
        ----------
        week
            A week of the calendar.
        columns
            Names of columns of the table.
        rows
            Size of a sample without replacement, the same as in a stream; None for all rows.
        """
        return self.weeks([week], columns, rows)

    def weeks(
        self, weeks: Iterable[int], columns: Sequence[str], rows: int | None = None
    ) -> pd.DataFrame:
        """Return rows of several weeks, one week after the other, numbered from 0.

        They are those of :meth:`week`, read together: 13 weeks in a fifth of the time.

        Parameters
        ----------
        weeks
            Weeks of the calendar.
        columns
            Names of columns of the table.
        rows
            Size of the sample of each week; None for all rows.
        """
        _check_rows(rows)
        wanted = tuple(weeks)
        require(bool(wanted), "At least one week is needed.")
        season = Season(self.flights, _names(columns), tuple(sorted(set(wanted))))
        drawn = [sample(season[week], rows, self.rng("week", week)) for week in wanted]
        parts = [season[week].iloc[rows] for week, rows in zip(wanted, drawn, strict=True)]
        return pd.concat(parts, ignore_index=True)

    def stream(
        self,
        columns: Sequence[str],
        weeks: Iterable[int] = LIVE_WEEKS,
        reference_weeks: Iterable[int] = TRAINING_WEEKS,
        rows: int | None = 2000,
        *,
        seasonal: bool = True,
    ) -> Stream:
        """Return a calm stream; nothing is read before a row is asked for.

        Parameters
        ----------
        columns
            Names of columns of the table; ``late`` among them where labels are to drift.
        weeks, reference_weeks
            Weeks of the batches and of the reference.
        rows
            Rows in a batch, and from each week of the reference; None for all. A week that has
            fewer gives them all.
        seasonal
            If false, every batch is drawn from the weeks of the reference, from rows that the
            reference leaves over. Real weeks are never quite alike; these are.

        Raises
        ------
        ScenarioError
            If there are no columns or weeks, or too few rows.
        """
        _check_rows(rows)
        names, live = _names(columns), _ascending(weeks)
        before = Season(self.flights, names, _ascending(reference_weeks))
        reference = Reference(before, rows, self.rng)
        return Stream(
            before=reference,
            pools=Season(self.flights, names, live) if seasonal else _still(reference),
            weeks=live,
            rows=rows,
            rng=self.rng,
        )


def _still(reference: Reference) -> Stillness:
    if reference.rows is None:
        raise ScenarioError("A stream without a season needs a number of rows.")
    return Stillness(reference, reference.rows, POOL)


def _check_rows(rows: int | None) -> None:
    require(rows is None or rows >= 1, f"A batch needs at least one row, not {rows}.")


def _names(columns: Sequence[str]) -> tuple[str, ...]:
    require(
        bool(columns) and not isinstance(columns, str),
        f"A stream needs a list of columns, not {columns!r}.",
    )
    return tuple(dict.fromkeys(columns))


def _ascending(weeks: Iterable[int]) -> tuple[int, ...]:
    ascending = tuple(sorted({int(week) for week in weeks}))
    require(bool(ascending), "A stream needs at least one week, and so does its reference.")
    return ascending
