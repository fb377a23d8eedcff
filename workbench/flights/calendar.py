"""The world's clock: 52 weekly batches of 2013, and when their labels arrive.

Weeks are local to New York and run from Tuesday to Monday. 31 December is outside:
it would be a week of one day, and it has no weather.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from workbench.flights.errors import FlightsError

if TYPE_CHECKING:
    import pandas as pd

FIRST_DAY = date(2013, 1, 1)
WEEKS = range(1, 53)
TRAINING_WEEKS = range(1, 14)
LIVE_WEEKS = range(14, 53)

_SUMMER_BEGINS, _SUMMER_ENDS = date(2013, 3, 10), date(2013, 11, 3)


def week_start(week: int) -> date:
    """Local day on which a week begins.

    Parameters
    ----------
    week : int
        1 to 52.

    Examples
    --------
    >>> week_start(14)
    datetime.date(2013, 4, 2)
    """
    if week not in WEEKS:
        raise FlightsError(f"There is no week {week}: weeks run from 1 to {WEEKS[-1]}.")
    return FIRST_DAY + timedelta(weeks=week - 1)


def week_of(day: date) -> int:
    """Week that a local day belongs to.

    Parameters
    ----------
    day : date
        1 January to 30 December 2013; of a datetime the time of day is ignored.

    Examples
    --------
    >>> week_of(date(2013, 12, 30))
    52
    """
    local = day.date() if isinstance(day, datetime) else day
    week = (local - FIRST_DAY).days // 7 + 1
    if week not in WEEKS:
        raise FlightsError(f"{local} is in no week: they cover 2013-01-01 to 2013-12-30.")
    return week


def labels_known_at(week: int) -> pd.Timestamp:
    """Moment from which a week's labels are known: one week after the batch's last day.

    Parameters
    ----------
    week : int
        1 to 52.

    Returns
    -------
    pandas.Timestamp
        Midnight in New York, in UTC.
    """
    import pandas as pd  # here, so that the calendar costs the command nothing

    return pd.Timestamp(_midnight(week_start(week) + timedelta(weeks=2)))


def _midnight(day: date) -> datetime:
    """Start of a New York day in UTC; the clock changes later in the night."""
    summer = _SUMMER_BEGINS < day <= _SUMMER_ENDS
    return datetime.combine(day, time(4 if summer else 5), tzinfo=UTC)
