"""Data incidents: the world is as it was; what is written about it is wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from workbench.scenarios.draws import Positions, pick
from workbench.scenarios.errors import require
from workbench.scenarios.events import (
    ANYTHING,
    GAPS,
    HOURS,
    NUMBERS,
    TEXT,
    ColumnEvent,
    Event,
    Kind,
    is_number,
    is_time,
    require_share,
)


@dataclass(frozen=True)
class UnitChange(ColumnEvent):
    """A number comes in another unit; the strength is the share of rows.

    Parameters
    ----------
    column
        A column of numbers; whole numbers stay whole.
    factor, offset
        The value becomes ``value * factor + offset``.

    Examples
    --------
    >>> flights = pd.DataFrame({"distance": [1000.0, 500.0]})
    >>> UnitChange("distance", factor=1.609).apply(flights, np.random.default_rng(0))
       distance
    0    1609.0
    1     804.5
    """

    factor: float
    offset: float = 0.0
    kind = NUMBERS
    sentence = "'{self.column}' comes in another unit: {self.factor:g} * value {self.offset:+g}."

    def __post_init__(self) -> None:
        require(
            math.isfinite(self.factor) and math.isfinite(self.offset),
            f"UnitChange needs a finite factor and offset, not {self.factor} and {self.offset}.",
        )

    def change(
        self, frame: pd.DataFrame, rng: np.random.Generator, strength: float
    ) -> pd.DataFrame:
        """Convert the values of the rows that are hit."""
        values = frame[self.column]
        converted = values * self.factor + self.offset
        if types.is_integer_dtype(values.dtype):
            converted = _whole(converted, values.dtype)
        return _write(frame, self.column, converted, pick(len(frame), strength, rng))


@dataclass(frozen=True)
class RenamedCategory(ColumnEvent):
    """A category comes under another name; the strength is the share of its rows."""

    old: str
    new: str
    kind = TEXT
    sentence = "The category '{self.old}' of '{self.column}' is written '{self.new}'."

    def __post_init__(self) -> None:
        require(self.old != self.new, f"RenamedCategory needs two names, not '{self.old}' twice.")

    def change(
        self, frame: pd.DataFrame, rng: np.random.Generator, strength: float
    ) -> pd.DataFrame:
        """Rename the category in the rows that are hit."""
        rows = np.flatnonzero(frame[self.column].eq(self.old).to_numpy(dtype=bool))
        return _write(frame, self.column, self.new, rows[pick(len(rows), strength, rng)])


@dataclass(frozen=True)
class NullsBurst(ColumnEvent):
    """Values go missing in a share ``rate`` of the rows, times the strength.

    Whole numbers become floats, as they do when a file with gaps is read.
    """

    rate: float
    kind = GAPS
    sentence = "'{self.column}' is missing in {self.rate:.0%} of the rows."

    def __post_init__(self) -> None:
        require_share(self, "rate", self.rate)

    def change(
        self, frame: pd.DataFrame, rng: np.random.Generator, strength: float
    ) -> pd.DataFrame:
        """Remove the values of the rows that are hit."""
        return _write(frame, self.column, np.nan, pick(len(frame), self.rate * strength, rng))


@dataclass(frozen=True)
class DuplicatedRows(Event):
    """A share of the rows, times the strength, is delivered again after the last row."""

    share: float
    sentence = "{self.share:.0%} of the rows are delivered twice."

    def __post_init__(self) -> None:
        require_share(self, "share", self.share)

    @property
    def needs(self) -> Mapping[str, Kind]:
        """No column."""
        return {}

    def change(
        self, frame: pd.DataFrame, rng: np.random.Generator, strength: float
    ) -> pd.DataFrame:
        """Append the rows that are hit, in their order."""
        again = np.sort(pick(len(frame), self.share * strength, rng))
        return frame.iloc[np.append(np.arange(len(frame)), again)].reset_index(drop=True)


@dataclass(frozen=True)
class StaleFeed(Event):
    """A feed hangs: in a stretch of rows its columns repeat the last values before it.

    The strength is the length of the stretch as a share of the batch; where it begins is drawn.
    """

    columns: tuple[str, ...]

    def __post_init__(self) -> None:
        require(
            bool(self.columns) and not isinstance(self.columns, str),
            f"StaleFeed needs a tuple of columns, not {self.columns!r}.",
        )

    @property
    def needs(self) -> Mapping[str, Kind]:
        """The columns of the feed."""
        return dict.fromkeys(self.columns, ANYTHING)

    @property
    def description(self) -> str:
        """What happens, in one sentence."""
        return f"The feed of {' and '.join(self.columns)} hangs and repeats its last values."

    def change(
        self, frame: pd.DataFrame, rng: np.random.Generator, strength: float
    ) -> pd.DataFrame:
        """Hold the values over the stretch."""
        length = len(pick(len(frame), strength, rng))
        first = int(rng.integers(len(frame) - length + 1))
        for column in self.columns:
            # A feed that hangs repeats a value, not a gap: the last one known, or else the next.
            held = frame[column].ffill().bfill().iloc[max(first - 1, 0)]
            frame = _write(frame, column, held, np.arange(first, first + length))
        return frame


@dataclass(frozen=True)
class HourShift(ColumnEvent):
    """A clock is wrong by whole hours; the strength is the share of rows.

    Hours of the day stay in 0 to 23; points in time move to another day where they must.
    """

    hours: int
    kind = HOURS
    sentence = "The clock of '{self.column}' is wrong by {self.hours:+d} hours."

    def __post_init__(self) -> None:
        require(
            isinstance(self.hours, int) and 0 < abs(self.hours) < 24,
            f"HourShift needs 1 to 23 whole hours, forward or back, not {self.hours}.",
        )

    def change(
        self, frame: pd.DataFrame, rng: np.random.Generator, strength: float
    ) -> pd.DataFrame:
        """Move the clock of the rows that are hit."""
        clock = frame[self.column]
        if is_time(clock):
            moved = clock + pd.Timedelta(hours=self.hours)
        else:
            moved = (clock + self.hours) % 24
        return _write(
            frame, self.column, moved.astype(clock.dtype), pick(len(frame), strength, rng)
        )


@dataclass(frozen=True)
class SwappedColumns(Event):
    """Two columns change places; the strength is the share of rows."""

    first: str
    second: str
    sentence = "'{self.first}' and '{self.second}' are swapped."

    def __post_init__(self) -> None:
        require(self.first != self.second, f"A swap needs two columns, not '{self.first}' twice.")

    @property
    def needs(self) -> Mapping[str, Kind]:
        """Both columns."""
        return {self.first: ANYTHING, self.second: ANYTHING}

    def check(self, frame: pd.DataFrame) -> None:
        """Raise ScenarioError unless both columns are there and could hold each other's values."""
        super().check(frame)
        first, second = frame[self.first], frame[self.second]
        require(
            first.dtype == second.dtype or (is_number(first) and is_number(second)),
            f"{self.name} needs columns of one kind, not {first.dtype} and {second.dtype}.",
        )

    def change(
        self, frame: pd.DataFrame, rng: np.random.Generator, strength: float
    ) -> pd.DataFrame:
        """Swap the values of the rows that are hit."""
        rows = pick(len(frame), strength, rng)
        swapped = _write(frame, self.first, frame[self.second], rows)
        return _write(swapped, self.second, frame[self.first], rows)


def _write(frame: pd.DataFrame, column: str, value: Any, rows: Positions) -> pd.DataFrame:
    """Return the frame with a value, or a series of its length, written into some rows."""
    hit = np.zeros(len(frame), dtype=bool)
    hit[rows] = True
    return frame.assign(**{column: frame[column].mask(hit, value)})


def _whole(values: pd.Series, dtype: Any) -> pd.Series:
    """Round to a type of whole numbers, and refuse what it cannot hold."""
    rounded = values.round()
    whole = rounded.astype(dtype)
    require(bool((whole == rounded).all()), f"The changed '{values.name}' does not fit in {dtype}.")
    return whole
