"""What happens to a feed of weather, planted on a real week."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from workbench.authoring import calendar

STICKING = ["temp", "dewp", "humid", "pressure"]
READINGS = [*STICKING, "wind_dir", "wind_speed", "wind_gust", "precip", "visib"]
CLOCKS = ["observed_at", "local_time", "hour", "utc_offset"]
COLUMNS = ["origin", *CLOCKS, *READINGS, "unchanged_hours"]
SWAPS = [  # none brings visib, which often stands still, to a sensor that must not
    ("temp", "dewp"),
    ("precip", "visib"),
    ("wind_dir", "visib"),
    ("temp", "pressure"),
    ("wind_speed", "wind_gust"),
]
LOST = 3  # hours less in each batch, so that a table of the year's true counts helps nobody
GLITCHES = ["temp", "dewp", "wind_speed", "wind_gust"]
MOST_MOVED = 5  # °F and hPa by which a batch differs from the year: no table of values, either
SUMMER_TIME, SUMMER = range(11, 44), range(19, 40)  # weeks; the second: May to September
WINTER_TIME = [*range(1, 10), *range(45, 53)]
# In each, weeks have one time and one rule for frost. Weeks with errors in the record are in none.
SEASONS = [[*range(1, 7), 8, 9], range(11, 19), range(20, 40), range(40, 44), range(45, 53)]


@dataclass(frozen=True)
class Incident:
    """What happens to the rows of one airport on some days, and how it is caught."""

    story: str
    weeks: Sequence[int]
    change: Callable
    advice: str
    can_be_seen: Callable = lambda rows: True
    glitch: bool = False  # keeps the errors of the real record; nothing else does


def as_it_is(rows, rng):
    return rows


def in_celsius(rows, rng):
    return rows.assign(**((rows[["temp", "dewp"]] - 32) / 1.8).round(1))


def in_metres(rows, rng):
    return rows.assign(**(rows[["wind_speed", "wind_gust"]] * 0.44704).round(1))


def has_light_wind(rows):
    return rows["wind_speed"].between(3, 7).sum() >= 5 and (rows["wind_gust"] < 35).sum() >= 5


def in_millimetres(rows, rng):
    return rows.assign(precip=(rows["precip"] * 25.4).round(1))


def has_a_shower(rows):
    return rows["precip"].max() >= 0.2


def impossible_gust(rows, rng):
    one = rows.index == rng.choice(rows.index)
    return rows.assign(wind_gust=rows["wind_gust"].mask(one, float(rng.integers(260, 1600))))


def swap(first, second):
    return lambda rows, rng: rows.assign(**{first: rows[second], second: rows[first]})


def hardly_swapped(rows):
    """No other rule sees it: the pressure has no gaps, the dew point in summer no frost."""
    in_summer = rows["date"].dt.month.between(5, 9).any()
    return rows["pressure"].notna().all() and not (in_summer and rows["dewp"].min() < 32)


def move_clock(hours):
    return lambda rows, rng: rows.assign(local_time=rows["local_time"] + pd.Timedelta(hours=hours))


def show_utc(rows, rng):
    return rows.assign(local_time=rows["observed_at"])


def stick(column):
    return lambda rows, rng: rows.assign(**{column: rows[column].dropna().iloc[0]})


def hardly_seen(column):
    """The sensor shows something, and nothing that temp and dewp contradict."""

    def check(rows):
        if rows[column].isna().all():
            return False
        stuck = stick(column)(rows, None)
        return not (stuck["temp"] < stuck["dewp"]).any()

    return check


def repeat_day(rows, rng):
    """The second day has the readings of the first; hours that the first lacks keep theirs."""
    day, hour = rows["local_time"].dt.normalize(), rows["local_time"].dt.hour
    old = rows[day == day.min()].set_index(hour[day == day.min()])[READINGS]
    again = rows.index[(day == day.min() + pd.Timedelta(days=1)) & hour.isin(old.index)]
    new = rows.copy()
    new.loc[again, READINGS] = old.loc[hour[again]].to_numpy()
    return new


@dataclass(frozen=True)
class Batch:
    """A week of weather with an incident, and what was sent without it."""

    start: date
    incident: Incident
    frame: pd.DataFrame
    sent: pd.DataFrame

    def __str__(self) -> str:
        return f"the week from {self.start} ({self.incident.story})"


def plant(world, incidents):
    """A batch for each incident; where and when is drawn until the incident can be seen."""
    year = read_year(world)
    rngs = [world.rng(incident.story) for incident in incidents]
    return [make_batch(year, *pair) for pair in zip(incidents, rngs, strict=True)]


def read_year(world):
    """The real hours, with the two clocks of the feed."""
    names = ["origin", "date", "hour", "time_hour", *READINGS]
    raw = world.flights.weather(names, date(2013, 1, 1), date(2013, 12, 31))
    return raw.round(2).assign(
        observed_at=raw["time_hour"].dt.tz_localize(None),
        local_time=raw["date"] + pd.to_timedelta(raw["hour"], unit="h"),
        glitch=(raw["wind_speed"] > 200) | ((raw["temp"] < 32) & (raw["date"].dt.month == 5)),
    )


def make_batch(year, incident, rng):
    while True:
        number = int(rng.choice(incident.weeks))
        first = pd.Timestamp(calendar.week_start(number))
        week = year[(year["date"] - first).dt.days.between(0, 6)]
        week = week.drop(index=rng.choice(week.index[~week["glitch"]], LOST, replace=False))
        week, start = postpone(week.assign(**move(week, rng)), number, rng)
        hit = draw_place(week, rng)
        if incident.can_be_seen(week[hit]):
            break
    # without its errors the record has as many rows, so that their number tells nothing
    clean = week.assign(**week[GLITCHES].mask(week["glitch"]))
    rows = week if incident.glitch else clean
    changed = pd.concat([rows[~hit], incident.change(rows[hit], rng)])
    return Batch(start, incident, receive(changed), clean)


def postpone(week, number, rng):
    """Let a week's weather come in one of the two weeks before or after, of the same season."""
    season = next((s for s in SEASONS if number in s), [number])
    later = int(rng.choice([n for n in season if abs(n - number) <= 2])) - number
    days = pd.Timedelta(days=7 * later)
    moved = {name: week[name] + days for name in ("date", "observed_at", "local_time")}
    return week.assign(**moved), calendar.week_start(number + later)


def move(week, rng):
    """Make a week warmer or colder than it was, and its pressure higher or lower."""
    degrees, hectopascals = rng.choice([-1, 1], 2) * rng.integers(1, MOST_MOVED + 1, 2)
    moves = {"temp": degrees, "dewp": degrees, "pressure": hectopascals}
    return {name: (week[name] + by).round(2) for name, by in moves.items()}


def draw_place(week, rng):
    """Tell which rows are of one airport, and of two to seven days in a row."""
    day = (week["date"] - week["date"].min()).dt.days
    first = rng.integers(0, 6)
    last = rng.integers(first + 1, 7)
    return (week["origin"] == rng.choice(["EWR", "JFK", "LGA"])) & day.between(first, last)


def receive(rows):
    """What the desk adds to rows as they come in."""
    rows = rows.sort_values(["observed_at", "origin"], ignore_index=True)
    ahead = rows["observed_at"] - rows["local_time"]
    return rows.assign(
        hour=rows["local_time"].dt.hour.astype("int64"),
        utc_offset=(ahead / pd.Timedelta(hours=1)).astype("int64"),
        unchanged_hours=unchanged_hours(rows),
    )[COLUMNS]


def unchanged_hours(rows):
    """For how many rows of an airport the sensor that stands still longest has done so."""
    by_airport = rows.groupby("origin")
    row = by_airport.cumcount()
    is_new = rows[STICKING] != by_airport[STICKING].shift()
    since = is_new.apply(lambda new: row.where(new)).groupby(rows["origin"]).ffill()
    return (row - since.min(axis=1) + 1).astype("int64")
