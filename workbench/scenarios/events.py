"""What an event is: a pure change of a batch, with a strength between nothing and all of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from pandas.api import types

from workbench.scenarios.draws import Floats, draw
from workbench.scenarios.errors import require


@dataclass(frozen=True)
class Kind:
    """What a column must hold so that an event makes sense on it."""

    name: str
    fits: Callable[[pd.Series], bool]


def is_bool(column: pd.Series) -> bool:
    """Tell whether a column holds booleans."""
    return types.is_bool_dtype(column.dtype)


def is_number(column: pd.Series) -> bool:
    """Tell whether a column holds numbers; booleans are none."""
    return types.is_numeric_dtype(column.dtype) and not is_bool(column)


def is_time(column: pd.Series) -> bool:
    """Tell whether a column holds points in time."""
    return types.is_datetime64_any_dtype(column.dtype)


ANYTHING = Kind("anything", lambda _: True)
BOOLEANS = Kind("booleans", is_bool)
GAPS = Kind("values that can be missing", lambda column: not is_bool(column))
HOURS = Kind("hours or points in time", lambda column: is_number(column) or is_time(column))
NUMBERS = Kind("numbers", is_number)
TEXT = Kind("text", lambda column: types.is_string_dtype(column.dtype))


class Event(ABC):
    """Something that happens to a batch of rows.

    A subclass is a frozen dataclass with a ``sentence`` (a format string over its fields),
    the columns that it ``needs``, and the ``change`` that it makes.
    """

    sentence: ClassVar[str]

    @property
    @abstractmethod
    def needs(self) -> Mapping[str, Kind]:
        """The columns that a batch must carry, and what they must hold."""

    @abstractmethod
    def change(
        self, frame: pd.DataFrame, rng: np.random.Generator, strength: float
    ) -> pd.DataFrame:
        """Return the changed rows; ``frame`` has rows and ``0 < strength <= 1``."""

    @property
    def description(self) -> str:
        """What happens, in one sentence."""
        return self.sentence.format(self=self)

    @property
    def name(self) -> str:
        """The event's kind and columns; its random draws depend on it."""
        return f"{type(self).__name__}({', '.join(self.needs)})"

    def check(self, frame: pd.DataFrame) -> None:
        """Raise ScenarioError unless the frame carries what the event needs."""
        for column, kind in self.needs.items():
            require(
                column in frame.columns,
                f"{self.name} needs the column '{column}'; the stream carries "
                f"{', '.join(map(str, frame.columns))}.",
            )
            require(
                kind.fits(frame[column]),
                f"{self.name} needs {kind.name} in '{column}', not {frame[column].dtype}.",
            )

    def apply(
        self, frame: pd.DataFrame, rng: np.random.Generator, strength: float = 1.0
    ) -> pd.DataFrame:
        """Return the frame as the event leaves it; the frame given stays as it is.

        Parameters
        ----------
        frame
            One batch, a row per flight.
        rng
            Decides which rows are hit; equal generators hit equal rows.
        strength
            The share of the rows, or of the effect, in [0, 1]; 0 changes nothing.

        Raises
        ------
        ScenarioError
            If a column is missing or unfit, or the strength is no share.
        """
        require(0 <= strength <= 1, f"A strength lies between 0 and 1, not at {strength}.")
        self.check(frame)
        if strength == 0 or frame.empty:
            return frame.copy(deep=False)
        return self.change(frame, rng, strength)


@dataclass(frozen=True)
class ColumnEvent(Event):
    """An event in one column."""

    column: str
    kind: ClassVar[Kind] = ANYTHING

    @property
    def needs(self) -> Mapping[str, Kind]:
        """The column."""
        return {self.column: self.kind}


class Resampling(Event):
    """An event that changes which rows come, and nothing that is written in them."""

    @abstractmethod
    def weigh(self, frame: pd.DataFrame, weights: Floats, strength: float) -> Floats:
        """Return new weights, shape (rows,), for rows that have these weights so far."""

    def change(
        self, frame: pd.DataFrame, rng: np.random.Generator, strength: float
    ) -> pd.DataFrame:
        """Draw as many rows as there are; a stream draws from the whole week instead."""
        weights = self.weigh(frame, np.ones(len(frame)), strength)
        return frame.iloc[draw(weights, len(frame), rng)].reset_index(drop=True)


def require_share(event: Event, field: str, value: float) -> None:
    """Raise ScenarioError unless the value lies in (0, 1]: an event that is planted happens."""
    require(
        0 < value <= 1,
        f"{type(event).__name__} needs a {field} above 0 and at most 1, not {value}.",
    )
