"""Pools: the rows that a week's batch is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeAlias

import numpy as np
import pandas as pd

from workbench.scenarios.draws import Floats, Positions, draw
from workbench.scenarios.errors import ScenarioError

Generators: TypeAlias = Callable[..., np.random.Generator]


class Table(Protocol):
    """Where rows come from; ``workbench.flights.Flights`` is one."""

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
        return {
            week: part[list(self.columns)].reset_index(drop=True)
            for week in self.weeks
            if not (part := rows[rows["week"] == week]).empty
        }


@dataclass(frozen=True, eq=False)
class Stillness:
    """Weeks without a season: each is a random draw from the same rows.

    The rows are those that the reference sample left over, so that reference and batches are
    exchangeable and share no row: an exact null, which no real week is.
    """

    season: Season
    rows: int
    rng: Generators

    def __getitem__(self, week: int) -> pd.DataFrame:
        typical = len(self._rest) // len(self.season.weeks)
        rows = self.rng("pool", week).choice(len(self._rest), typical, replace=False)
        return self._rest.iloc[np.sort(rows)]

    @cached_property
    def _rest(self) -> pd.DataFrame:
        rest = [self._left_over(week) for week in self.season.weeks]
        return pd.concat(rest, ignore_index=True)

    def _left_over(self, week: int) -> pd.DataFrame:
        pool = self.season[week]
        left = np.ones(len(pool), dtype=bool)
        left[sample(pool, self.rows, self.rng("week", week))] = False
        return pool[left]


def sample(
    pool: pd.DataFrame,
    rows: int | None,
    rng: np.random.Generator,
    weights: Floats | None = None,
) -> Positions:
    """Positions of ``rows`` rows in their original order; all of them where there are no more."""
    size = len(pool) if rows is None else min(rows, len(pool))
    return draw(np.ones(len(pool)) if weights is None else weights, size, rng)
