"""Pools: the rows that a week's batch is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeAlias

import numpy as np
import pandas as pd

from workbench.scenarios.draws import Floats, Positions, draw
from workbench.scenarios.errors import ScenarioError, require

Generators: TypeAlias = Callable[..., np.random.Generator]


class Table(Protocol):
    """Where rows come from; ``workbench.flights.table.Flights`` is one."""

    def read(self, columns: Sequence[str], weeks: Sequence[int]) -> pd.DataFrame:
        """Return these columns of these weeks, in the table's order."""


class Pools(Protocol):
    """A pool of rows for each week of a stream."""

    def __getitem__(self, week: int) -> pd.DataFrame: ...


@dataclass(frozen=True, eq=False)
class Season:
    """Each week's own rows; all weeks are read together when the first is asked for."""

    table: Table
    columns: tuple[str, ...]
    weeks: tuple[int, ...]

    def __getitem__(self, week: int) -> pd.DataFrame:
        if week not in self._frames:
            raise ScenarioError(f"Week {week} has no rows.")
        return self._frames[week]

    @cached_property
    def _frames(self) -> dict[int, pd.DataFrame]:
        rows = self.table.read(tuple(dict.fromkeys((*self.columns, "week"))), self.weeks)
        found, starts = np.unique(rows["week"], return_index=True)  # rows come week by week
        ends = np.append(starts, len(rows))[1:]
        wanted = rows[list(self.columns)]
        return {
            int(week): wanted.iloc[start:end].reset_index(drop=True)
            for week, start, end in zip(found, starts, ends, strict=True)
        }


@dataclass(frozen=True, eq=False)
class Reference:
    """The rows before a stream: a plain sample of each of its weeks."""

    season: Season
    rows: int | None
    rng: Generators

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All sampled rows."""
        parts = [self.season[week].iloc[self.drawn(week)] for week in self.season.weeks]
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def rest(self) -> pd.DataFrame:
        """All rows that were not sampled."""
        parts = [self.season[week].drop(index=self.drawn(week)) for week in self.season.weeks]
        return pd.concat(parts, ignore_index=True)

    def drawn(self, week: int) -> list[int]:
        """Positions of a week's sampled rows; a week's rows are numbered by position."""
        rows: list[int] = sample(self.season[week], self.rows, self.rng("week", week)).tolist()
        return rows


@dataclass(frozen=True, eq=False)
class Stillness:
    """Weeks without a season: each draws from what the reference left over.

    Reference and batches are exchangeable and share no row: an exact null, which no real week is.

    Parameters
    ----------
    reference
        The sample, which knows its rest.
    rows
        Rows in a batch.
    wider
        Rows in a pool for each row of a batch.
    """

    reference: Reference
    rows: int
    wider: int

    def __getitem__(self, week: int) -> pd.DataFrame:
        rest = self.reference.rest
        require(
            len(rest) >= self.rows,
            f"The reference leaves {len(rest)} rows over; a batch needs {self.rows}.",
        )
        size = min(self.wider * self.rows, len(rest))
        rows = self.reference.rng("pool", week).choice(len(rest), size, replace=False)
        return rest.iloc[np.sort(rows)]


def sample(
    pool: pd.DataFrame,
    rows: int | None,
    rng: np.random.Generator,
    weights: Floats | None = None,
) -> Positions:
    """Positions of ``rows`` rows in their original order; all of them where there are no more."""
    size = len(pool) if rows is None else min(rows, len(pool))
    return draw(np.ones(len(pool)) if weights is None else weights, size, rng)
