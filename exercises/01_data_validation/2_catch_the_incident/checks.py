"""Real weeks of weather: clean ones are to be accepted, and those with an incident refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from workbench.authoring import calendar, criterion
from workbench.authoring.suites import Suite

STICKING = ["temp", "dewp", "humid", "pressure"]
READINGS = [*STICKING, "wind_dir", "wind_speed", "wind_gust", "precip", "visib"]
CLOCKS = ["observed_at", "local_time", "hour", "utc_offset"]
COLUMNS = ["origin", *CLOCKS, *READINGS, "unchanged_hours"]
SWAPS = [
    ("precip", "visib"),
    ("humid", "visib"),
    ("temp", "pressure"),
    ("wind_speed", "wind_gust"),
]
LOST = 3  # hours less in each batch, so that a table of the year's true counts helps nobody

SUMMER_TIME, SUMMER = range(11, 44), range(19, 40)  # weeks; the second: May to September
WINTER_TIME = [*range(1, 10), *range(45, 53)]
ORDINARY = [*SUMMER_TIME, *WINTER_TIME]  # all weeks but the two in which the clocks change
CLEAN = {
    "an hour occurs twice": [44],
    "an hour is skipped": [10],
    "the calmest air": [40, 47],
    "winter": [1, 2, 3, 4, 6, 50, 51, 52],
    "a storm": [5, 22, 30, 35],
}


@criterion(points=0, hint="Which line of the contract says what the refusing expectation asks?")
def accepts_clean_weeks(learner, world, limits, evidence):
    """Clean weeks are accepted: calm ones, storms, every season, the nights when clocks change."""
    incidents = [Incident(story, weeks, as_it_is, "") for story, weeks in CLEAN.items()]
    batches = plant(world, incidents)

    verdicts = judge(learner, batches, evidence)

    refused = [
        (batch, suite.unmet(batch.frame, detail=True)[0])
        for batch, suite, unmet in verdicts
        if unmet
    ]
    broken = [unmet for _, unmet in refused if unmet.raised]
    assert not broken, f"Correct the expectation that cannot be run: {broken[0]}."
    evidence.number("false_alarms", len(refused))
    assert len(refused) <= limits.false_alarms, (
        f"Expect only what the contract says; {refused[0]}, though it keeps the contract. "
        f"{len(refused)} of {len(batches)} clean weeks were refused; the limit is "
        f"{limits.false_alarms}."
    )


@criterion(points=1, requires="accepts_clean_weeks")
def catches_celsius(learner, world, limits, evidence):
    """From May to September, temperatures in °C are caught, even those of a single hour."""
    advice = (
        "Let the lowest temperature depend on the season: 13 °C is a mild day, 13 °F in May an "
        "incident."
    )
    planted = Incident("temp and dewp come in °C", SUMMER, in_celsius, advice)
    recorded = Incident("one hour in °C, in the real record", [19], as_it_is, advice, glitch=True)

    expect_caught(learner, world, limits, evidence, [planted, recorded])


@criterion(points=1, requires="accepts_clean_weeks")
def catches_metres_per_second(learner, world, limits, evidence):
    """Wind in metres per second is caught."""
    advice = (
        "Use what no anemometer shows: in mph there is nothing between 0 and 3.4, and no gust "
        "below 16."
    )
    planted = Incident("wind comes in m/s", ORDINARY, in_metres, advice, has_light_wind)

    expect_caught(learner, world, limits, evidence, [planted])


@criterion(points=1, requires="accepts_clean_weeks")
def catches_millimetres(learner, world, limits, evidence):
    """Precipitation in millimetres is caught."""
    advice = "Bound the rain of every hour by what one can bring; a mean over dry hours hides it."
    planted = Incident("precip comes in mm", ORDINARY, in_millimetres, advice, has_a_shower)

    expect_caught(learner, world, limits, evidence, [planted])


@criterion(points=1, requires="accepts_clean_weeks")
def catches_an_impossible_wind(learner, world, limits, evidence):
    """A single wind or gust that no storm has is caught."""
    advice = "Bound the wind of every hour from above, wind_speed as well as wind_gust."
    planted = Incident("one impossible gust", ORDINARY, impossible_gust, advice)
    recorded = Incident(
        "one impossible wind, in the real record", [7], as_it_is, advice, glitch=True
    )

    expect_caught(learner, world, limits, evidence, [planted, recorded])


@criterion(points=1, requires="accepts_clean_weeks")
def catches_swapped_columns(learner, world, limits, evidence):
    """Two columns that have changed places are caught."""
    advice = "Give each column its range; where two have nearly the same range, compare them."
    other = SWAPS[world.rng("swap").integers(len(SWAPS))]
    planted = [
        Incident(f"{first} and {second} are swapped", ORDINARY, swap(first, second), advice)
        for first, second in [("temp", "dewp"), other]
    ]
    expect_caught(learner, world, limits, evidence, planted)


@criterion(points=2, requires="accepts_clean_weeks")
def catches_a_wrong_clock(learner, world, limits, evidence):
    """A clock that is an hour wrong is caught, and one that shows UTC."""
    advice = "Expect the one offset that New York has that week; two only where the clocks change."
    other_season = [
        Incident("the clock is on winter time in summer", SUMMER_TIME, move_clock(-1), advice),
        Incident("the clock is on summer time in winter", WINTER_TIME, move_clock(1), advice),
    ][world.rng("season").integers(2)]
    planted = [other_season, Incident("local_time is UTC", ORDINARY, show_utc, advice)]

    expect_caught(learner, world, limits, evidence, planted)


@criterion(points=1, requires="accepts_clean_weeks")
def catches_a_stuck_sensor(learner, world, limits, evidence):
    """A sensor that shows one value for two days or more is caught."""
    advice = "Bound how long a value may stand still: a stuck sensor shows a possible value."
    sensor = world.rng("sensor").choice(STICKING)
    planted = Incident(f"{sensor} is stuck", ORDINARY, stick(sensor), advice, hardly_seen(sensor))

    expect_caught(learner, world, limits, evidence, [planted])


@criterion(points=1, requires="accepts_clean_weeks")
def catches_a_silent_airport(learner, world, limits, evidence):
    """An airport that sends nothing for two days or more is caught."""
    advice = "Count rows, for each airport or of all: a silent airport has none that could be bad."
    planted = Incident("one airport is silent", ORDINARY, lambda rows, rng: rows[:0], advice)

    expect_caught(learner, world, limits, evidence, [planted])


@criterion(points=1, requires="accepts_clean_weeks")
def catches_a_repeated_day(learner, world, limits, evidence):
    """A day whose readings are those of the day before is caught."""
    advice = (
        "Expect the readings of an airport at one hour of the day to be unique: a repeated day "
        "has new times and old readings."
    )
    planted = Incident("a day repeats the one before", ORDINARY, repeat_day, advice)

    expect_caught(learner, world, limits, evidence, [planted])


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
        start = calendar.week_start(int(rng.choice(incident.weeks)))
        week = year[(year["date"] - pd.Timestamp(start)).dt.days.between(0, 6)]
        week = week.drop(index=rng.choice(week.index[~week["glitch"]], LOST, replace=False))
        hit = draw_place(week, rng)
        if incident.can_be_seen(week[hit]):
            break
    changed = pd.concat([week[~hit], incident.change(week[hit], rng)])
    if not incident.glitch:
        changed = changed[~changed["glitch"]]
    return Batch(start, incident, receive(changed), week[~week["glitch"]])


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


def judge(learner, batches, evidence):
    """Validate each batch with the suite that is built for its week; show what was not met."""
    suites = [Suite.of(learner, "build_suite", batch.start) for batch in batches]
    verdicts = [(b, s, s.unmet(b.frame)) for b, s in zip(batches, suites, strict=True)]
    evidence.table(
        "What the suite said of each batch",
        ["week from", "rows", "batch", "not met"],
        [
            [str(b.start), len(b.frame), b.incident.story, str(unmet[0]) if unmet else "accepted"]
            for b, _, unmet in verdicts
        ],
    )
    return verdicts


def expect_caught(learner, world, limits, evidence, incidents):
    """Each incident's batch is refused, and one of them, nobody knows which, accepted without."""
    verdicts = judge(learner, plant(world, incidents), evidence)
    missed = [batch for batch, _, unmet in verdicts if not unmet]
    evidence.number("missed", len(missed))
    assert len(missed) <= limits.missed, (
        f"{missed[0].incident.advice} The suite accepted {missed[0]}, {len(missed)} of "
        f"{len(verdicts)} batches with such an incident; the limit is {limits.missed}."
    )
    batch, suite, _ = verdicts[world.rng("without the incident").integers(len(verdicts))]
    unmet = suite.unmet(receive(batch.sent))
    assert not unmet, (
        f"Refuse the incident and nothing else: {batch} is refused without its incident as well, "
        f"by {unmet[0]}."
    )
