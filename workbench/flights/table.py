"""The flights of 2013 as a table: only the columns and weeks that are asked for."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from workbench.flights.build import column_names, ensure_built, read_table
from workbench.flights.cache import FILES, digest_problem, tables_folder
from workbench.flights.calendar import WEEKS, labels_known_at
from workbench.flights.errors import FlightsError
from workbench.flights.recipe import find_recipe

KEY = ("date", "carrier", "flight", "origin")


@dataclass(frozen=True)
class Flights:
    """An open table. It holds names, no data: cheap to pass on, safe to fork.

    Attributes
    ----------
    folder : Path
        The cache folder that is read.
    columns : tuple of str
        Columns of the flights; DATASHEET.md has their units.
    weather_columns : tuple of str
        Columns of the hourly weather.
    """

    folder: Path
    columns: tuple[str, ...]
    weather_columns: tuple[str, ...]

    def read(self, columns: Sequence[str], weeks: Sequence[int] | range) -> pd.DataFrame:
        """Read some columns of some weeks.

        Parameters
        ----------
        columns : sequence of str
            In the order wanted.
        weeks : sequence of int
            1 to 52; their order does not matter.

        Returns
        -------
        DataFrame
            One row a flight, by week, scheduled_departure, carrier, flight and origin,
            numbered from 0.

        Raises
        ------
        FlightsError
            A column or a week that does not exist, or the file is gone.
        """
        names = _known(columns, self.columns)
        groups = [week - 1 for week in _sorted_weeks(weeks)]
        return _read(self.folder / "flights.parquet", names, groups)

    def weather(self, columns: Sequence[str], start: date, stop: date) -> pd.DataFrame:
        """Read the hourly observations of some days, as the source has them.

        Parameters
        ----------
        columns : sequence of str
            In the order wanted.
        start, stop : date
            Local days, from `start` to the day before `stop`.

        Returns
        -------
        DataFrame
            One row an observation, by time_hour (UTC) and origin, numbered from 0.
        """
        names = _known(columns, self.weather_columns)
        begin, end = _day(start), _day(stop)
        frame = _read(self.folder / "weather.parquet", list(dict.fromkeys([*names, "date"])))
        inside = (frame["date"] >= begin) & (frame["date"] < end)
        return frame.loc[inside, names].reset_index(drop=True)

    def labels(
        self, weeks: Sequence[int] | range, known_by: datetime | None = None
    ) -> pd.DataFrame:
        """Read the labels that are known by a moment.

        Parameters
        ----------
        weeks : sequence of int
            1 to 52.
        known_by : aware datetime or Timestamp, optional
            Weeks whose labels arrive later are left out; without it, all are given.

        Returns
        -------
        DataFrame
            week, date, carrier, flight, origin, late, label_known_at, in the order of `read`.
        """
        if known_by is not None and known_by.tzinfo is None:
            raise FlightsError("known_by needs a time zone: pd.Timestamp(..., tz='UTC').")
        known = [
            week
            for week in _sorted_weeks(weeks)
            if known_by is None or labels_known_at(week) <= known_by
        ]
        return self.read(["week", *KEY, "late", "label_known_at"], known)


def open_flights(
    *,
    cache: Path | None = None,
    datasets: Path | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Flights:
    """Open the tables; build them first when they are missing, damaged or of another recipe.

    Parameters
    ----------
    cache : Path, optional
        Cache folder; by default `WORKBENCH_CACHE`, or the platform's.
    datasets : Path, optional
        Folder that holds the recipe; the course's own by default.
    progress : callable, optional
        Called with what is being done and the share that is done, 0 to 1.

    Raises
    ------
    FlightsError
        What is wrong and the next step.
    """
    recipe = find_recipe(datasets)
    folder = tables_folder(recipe, cache)
    report = progress or (lambda _text, _share: None)
    try:
        if digest_problem(folder):
            ensure_built(recipe, folder, report)
        flights, weather = (column_names(folder / name) for name in FILES)
    except OSError as error:
        raise _cannot_write(folder.parent, error) from error
    report("The flights tables are ready", 1.0)
    return Flights(folder, flights, weather)


def _read(path: Path, columns: list[str], groups: list[int] | None = None) -> pd.DataFrame:
    try:
        return read_table(path, columns, groups)
    except (OSError, ValueError) as error:
        raise FlightsError(
            f"{path} cannot be read any more ({error}). Open the table again to rebuild it."
        ) from error


def _known(columns: Sequence[str], existing: tuple[str, ...]) -> list[str]:
    if isinstance(columns, str):
        raise FlightsError(f"columns is a list of names: ['{columns}'], not '{columns}'.")
    for name in columns:
        if name not in existing:
            near = get_close_matches(str(name), existing) or existing
            raise FlightsError(f"There is no column '{name}'. Near it: {', '.join(near)}.")
    if len(set(columns)) != len(columns):
        raise FlightsError(f"A column is asked for twice: {', '.join(columns)}.")
    return list(columns)


def _sorted_weeks(weeks: Sequence[int] | range) -> list[int]:
    outside = [week for week in weeks if week not in WEEKS]
    if outside:
        raise FlightsError(f"There is no week {outside[0]}: weeks run from 1 to {WEEKS[-1]}.")
    return sorted(set(weeks))


def _day(day: date) -> pd.Timestamp:
    local = pd.Timestamp(day)
    if local.tzinfo is not None or local != local.normalize():
        raise FlightsError(f"start and stop are local days, as week_start gives them; not {day}.")
    return local


def _cannot_write(folder: Path, error: OSError) -> FlightsError:
    reason = {
        errno.ENOSPC: "the disk is full: make room there (20 MB are enough)",
        errno.EDQUOT: "your quota is used up: make room there (20 MB are enough)",
    }.get(error.errno or 0, f"it cannot be written ({error.strerror or error}): change that")
    return FlightsError(
        f"The flights tables belong into {folder}, but {reason}, "
        "or set WORKBENCH_CACHE to another folder."
    )
