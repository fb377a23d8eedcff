"""Real weeks of weather: clean ones are to be accepted, and those with an incident refused."""

from workbench.authoring import calendar, criterion
from workbench.authoring.suites import Suite

from _incidents import (
    STICKING,
    SUMMER,
    SUMMER_TIME,
    SWAPS,
    WINTER_TIME,
    Incident,
    as_it_is,
    hardly_seen,
    hardly_swapped,
    has_a_shower,
    has_light_wind,
    impossible_gust,
    in_celsius,
    in_metres,
    in_millimetres,
    move_clock,
    plant,
    receive,
    repeat_day,
    show_utc,
    stick,
    swap,
)

ORDINARY = [*SUMMER_TIME, *WINTER_TIME]
CLOCKS_CHANGE = [10, 44]
CLEAN = {
    "an hour occurs twice": [44],
    "an hour is skipped": [10],
    "the calmest air": [40, 47],
    "winter": [1, 2, 3, 4, 6, 50, 51, 52],
    "a storm": [5, 22, 30, 35],
}


@criterion(points=0, hint="Which line of the contract says what the refusing expectation asks?")
def accepts_clean_weeks(learner, world, limits, evidence, notes):
    """Clean weeks are accepted: calm ones, storms, every season, the nights when clocks change."""
    incidents = [Incident(story, weeks, as_it_is, "") for story, weeks in CLEAN.items()]
    notes["suites"] = ask(learner, world)

    verdicts = judge(notes["suites"], plant(world, incidents), evidence)

    refused = [
        (batch, suite.unmet(batch.frame, detail=True)[0])
        for batch, suite, unmet in verdicts
        if unmet
    ]
    broken = [unmet for _, unmet in refused if unmet.raised]
    assert not broken, f"Correct the expectation that cannot be run: {broken[0]}."
    evidence.number("false_alarms", len(refused))
    assert len(refused) <= limits.false_alarms, (
        f"Expect only what the contract says: {refused[0][0]} keeps it, and is refused by "
        f"{refused[0][1]}. {len(refused)} of {len(verdicts)} clean weeks were refused; the limit "
        f"is {limits.false_alarms}."
    )


@criterion(points=1, requires="accepts_clean_weeks")
def catches_celsius(world, limits, evidence, notes):
    """From May to September, temperatures in °C are caught, even those of a single hour."""
    advice = (
        "Let the lowest temperature depend on the season: 13 °C is a mild day, 13 °F in May an "
        "incident."
    )
    planted = Incident("temp and dewp come in °C", SUMMER, in_celsius, advice)
    recorded = Incident("one hour in °C, in the real record", [19], as_it_is, advice, glitch=True)

    expect_caught(world, limits, evidence, notes, [planted, recorded])


@criterion(points=1, requires="accepts_clean_weeks")
def catches_metres_per_second(world, limits, evidence, notes):
    """Wind in metres per second is caught."""
    advice = (
        "Use what no anemometer shows: in mph there is nothing between 0 and 3.4, and no gust "
        "below 16."
    )
    planted = Incident("wind comes in m/s", calendar.WEEKS, in_metres, advice, has_light_wind)

    expect_caught(world, limits, evidence, notes, [planted])


@criterion(points=1, requires="accepts_clean_weeks")
def catches_millimetres(world, limits, evidence, notes):
    """Precipitation in millimetres is caught."""
    advice = "Bound the rain of every hour by what one can bring; a mean over dry hours hides it."
    planted = Incident("precip comes in mm", calendar.WEEKS, in_millimetres, advice, has_a_shower)

    expect_caught(world, limits, evidence, notes, [planted])


@criterion(points=1, requires="accepts_clean_weeks")
def catches_an_impossible_wind(world, limits, evidence, notes):
    """A single wind or gust that no storm has is caught."""
    advice = "Bound the wind of every hour from above, wind_speed as well as wind_gust."
    planted = [
        Incident("one impossible gust", ORDINARY, impossible_gust, advice),
        Incident("a gust while clocks change", CLOCKS_CHANGE, impossible_gust, advice),
    ]
    recorded = Incident(
        "one impossible wind, in the real record", [7], as_it_is, advice, glitch=True
    )

    expect_caught(world, limits, evidence, notes, [*planted, recorded])


@criterion(points=1, requires="accepts_clean_weeks")
def catches_swapped_columns(world, limits, evidence, notes):
    """Two columns that have changed places are caught."""
    advice = "Give each column its range; where two have nearly the same range, compare them."
    planted = [
        Incident(f"{a} and {b} are swapped", calendar.WEEKS, swap(a, b), advice, hardly_swapped)
        for a, b in SWAPS
    ]
    expect_caught(world, limits, evidence, notes, planted)


@criterion(points=2, requires="accepts_clean_weeks")
def catches_a_wrong_clock(world, limits, evidence, notes):
    """A clock that is an hour wrong is caught, and one that shows UTC."""
    advice = "Expect the one offset that New York has that week; two only where the clocks change."
    other_season = [
        Incident("the clock is on winter time in summer", SUMMER_TIME, move_clock(-1), advice),
        Incident("the clock is on summer time in winter", WINTER_TIME, move_clock(1), advice),
    ][world.rng("season").integers(2)]
    planted = [other_season, Incident("local_time is UTC", ORDINARY, show_utc, advice)]

    expect_caught(world, limits, evidence, notes, planted)


@criterion(points=1, requires="accepts_clean_weeks")
def catches_a_stuck_sensor(world, limits, evidence, notes):
    """A sensor that shows one value for two days or more is caught."""
    advice = "Bound how long a value may stand still: a stuck sensor shows a possible value."
    sensor = world.rng("sensor").choice(STICKING)
    planted = Incident(
        f"{sensor} is stuck", calendar.WEEKS, stick(sensor), advice, hardly_seen(sensor)
    )

    expect_caught(world, limits, evidence, notes, [planted])


@criterion(points=1, requires="accepts_clean_weeks")
def catches_a_silent_airport(world, limits, evidence, notes):
    """An airport that sends nothing for two days or more is caught."""
    advice = "Count rows, for each airport or of all: a silent airport has none that could be bad."
    planted = Incident("one airport is silent", calendar.WEEKS, lambda rows, rng: rows[:0], advice)

    expect_caught(world, limits, evidence, notes, [planted])


@criterion(points=1, requires="accepts_clean_weeks")
def catches_a_repeated_day(world, limits, evidence, notes):
    """A day whose readings are those of the day before is caught."""
    advice = (
        "Expect the readings of an airport at one hour of the day to be unique: a repeated day "
        "has new times and old readings."
    )
    planted = Incident("a day repeats the one before", ORDINARY, repeat_day, advice)

    expect_caught(world, limits, evidence, notes, [planted])


def ask(learner, world):
    """Ask for the suite of every week, once: nobody can tell which is for which batch."""
    weeks = world.rng("asked").permutation(calendar.WEEKS)
    starts = [calendar.week_start(int(week)) for week in weeks]
    return {start: Suite.of(learner, "build_suite", start) for start in starts}


def judge(suites, batches, evidence):
    """Validate each batch with the suite of its week; show what was not met."""
    verdicts = [(b, suites[b.start], suites[b.start].unmet(b.frame)) for b in batches]
    evidence.table(
        "What the suite said of each batch",
        ["week from", "rows", "batch", "answer"],
        [
            [str(b.start), len(b.frame), b.incident.story, str(unmet[0]) if unmet else "accepted"]
            for b, _, unmet in verdicts
        ],
    )
    return verdicts


def expect_caught(world, limits, evidence, notes, incidents):
    """Each incident's batch is refused, by expectations that it meets without the incident."""
    verdicts = judge(notes["suites"], plant(world, incidents), evidence)
    missed = [batch for batch, _, unmet in verdicts if not unmet]
    evidence.number("missed", len(missed))
    assert len(missed) <= limits.missed, (
        f"{missed[0].incident.advice} The suite accepted {missed[0]}, {len(missed)} of "
        f"{len(verdicts)} batches with such an incident; the limit is {limits.missed}."
    )
    without = [(b, suite.unmet(receive(b.sent), among=unmet)) for b, suite, unmet in verdicts]
    blind = [(batch, unmet[0]) for batch, unmet in without if unmet]
    assert not blind, (
        f"Refuse the incident and nothing else: {blind[0][0]} is refused without its incident as "
        f"well, by {blind[0][1]}."
    )
