"""A monitor lives through real weeks, with drift and without; it sees no week before its turn."""

from dataclasses import dataclass, replace

from workbench.authoring import Stream, calendar, criterion, scenarios, score_alarms

SCHEDULE = ["carrier", "origin", "distance", "hour"]
WEATHER = ["temp", "precip_3h", "visib"]
DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
COLUMNS = ["week", *SCHEDULE, *WEATHER, *DELAYS]
ROWS = 2000  # in each week

UNITS = [
    scenarios.UnitChange("distance", factor=1.609),  # miles to kilometres
    scenarios.HourShift("hour", hours=4),  # UTC in summer
    scenarios.HourShift("hour", hours=5),  # and in winter
]
HOUR_OFF = [scenarios.HourShift("hour", hours=1), scenarios.HourShift("hour", hours=-1)]
NAMES = [
    scenarios.RenamedCategory("carrier", "UA", "UAL"),
    scenarios.RenamedCategory("carrier", "B6", "JBU"),
    scenarios.RenamedCategory("carrier", "EV", "ASQ"),
    scenarios.RenamedCategory("carrier", "DL", "DAL"),
    scenarios.RenamedCategory("carrier", "UA", "DL"),  # nothing is new, and one is gone
    scenarios.RenamedCategory("carrier", "B6", "AA"),
    scenarios.RenamedCategory("origin", "EWR", "KEWR"),
    scenarios.RenamedCategory("origin", "JFK", "KJFK"),
    scenarios.RenamedCategory("origin", "LGA", "KLGA"),
]
GAPS = [
    *(scenarios.NullsBurst(column, rate=0.25) for column in SCHEDULE + WEATHER),
    *(scenarios.NullsBurst(column, rate=0.6) for column in DELAYS),  # they have gaps by nature
]
MIXES = [  # no earlier hours: early flights have more gaps as well
    scenarios.CovariateShift("distance", tilt=3.5),
    scenarios.CovariateShift("distance", tilt=-3.5),
    scenarios.CovariateShift("hour", tilt=3.5),
]


@criterion(
    points=0,
    hint="On the weeks of calm_weeks.parquet: which column raises the alarm? Is its limit a size, "
    "which calm weeks stay below, or a p-value?",
)
def stays_quiet_in_calm_weeks(learner, world, limits, evidence):
    """Nine months of real weeks without drift pass almost without an alarm."""
    stream = world.stream(COLUMNS, calendar.LIVE_WEEKS, rows=ROWS)

    watch = replay(learner, stream, evidence)

    evidence.number("false_alarms", watch.score.false_alarm_rate)
    expect_quiet(watch, limits.false_alarms)


@criterion(
    points=2,
    requires="stays_quiet_in_calm_weeks",
    hint="Distributions of numbers: scipy.stats.ks_2samp, or PSI over bins of the reference.",
)
def reports_another_unit(learner, world, limits, evidence):
    """A number that comes in another unit, or by another clock, is reported at once."""
    stream = plant(world, one_of(world, UNITS), lasts=4)

    watch = replay(learner, stream, evidence)

    expect_prompt_alarm(watch, limits, evidence)


@criterion(
    points=2,
    requires="stays_quiet_in_calm_weeks",
    hint="Categories that only one side has: pandas.Series.align(fill_value=0).",
)
def reports_another_name(learner, world, limits, evidence):
    """A category that comes under another name is reported at once."""
    stream = plant(world, one_of(world, NAMES), lasts=4)

    watch = replay(learner, stream, evidence)

    expect_prompt_alarm(watch, limits, evidence)


@criterion(
    points=2,
    requires="stays_quiet_in_calm_weeks",
    hint="Most statistics drop missing values; count them with pandas.DataFrame.isna.",
)
def reports_missing_values(learner, world, limits, evidence):
    """Values that go missing, in whatever column, are reported at once."""
    stream = plant(world, one_of(world, GAPS), lasts=4)

    watch = replay(learner, stream, evidence)

    expect_prompt_alarm(watch, limits, evidence)


@criterion(
    points=2,
    requires="reports_another_unit",
    hint="Which weeks does your monitor compare the third week of a drift with?",
)
def stands_while_the_drift_lasts(learner, world, limits, evidence):
    """The alarm stays up for as long as the drift is there."""
    stream = plant(world, one_of(world, UNITS), lasts=10)

    watch = replay(learner, stream, evidence)

    expect_prompt_alarm(watch, limits, evidence)
    standing = watch.score.standing
    evidence.number("standing", standing)
    assert standing >= limits.standing, (
        "Keep the alarm up while the drift lasts: a drifted week is no example of a calm one. "
        f"{watch} From the first alarm on it was up in {standing:.0%} of the weeks; "
        f"at least {limits.standing:.0%} is asked for."
    )


@criterion(
    points=2,
    requires="stands_while_the_drift_lasts",
    hint="Is your limit far above what calm weeks reach? And what enters your window?",
)
def reports_a_slow_drift(learner, world, limits, evidence):
    """A mix of flights that changes over eight weeks is reported before the change is complete."""
    stream = plant(world, one_of(world, MIXES), 11, scenarios.Gradual, weeks=8)

    watch = replay(learner, stream, evidence)

    evidence.number("slow_delay", watch.score.delay)
    expect_alarm(watch, limits.slow_delay)
    expect_quiet(watch, limits.false_alarms_nearby)


@criterion(
    points=2,
    requires="stands_while_the_drift_lasts",
    hint="Each answer is about one week's batch.",
)
def reports_a_drift_that_returns(learner, world, limits, evidence):
    """The alarm ends with the drift, and is raised again when the drift comes back."""
    stream = plant(world, one_of(world, MIXES), 13, scenarios.Recurring, on=4, off=5)

    watch = replay(learner, stream, evidence)

    expect_alarm(watch, limits.delay)
    first, again = stream.truth.spells
    between = watch.alarms[first[-1] + 1 : again[0]]
    evidence.number("ending", sum(between))
    assert sum(between) <= limits.ending, (
        f"End the alarm when the drift ends. {watch} In the {len(between)} calm weeks between, "
        f"the alarm was up in {sum(between)}; the limit is {limits.ending}."
    )
    assert any(watch.alarms[position] for position in again[: limits.delay + 1]), (
        f"Report every drift, also one that was there before. {watch} When it came back, "
        f"there was no alarm in its first {limits.delay + 1} weeks."
    )
    expect_quiet(watch, limits.false_alarms_nearby)


@criterion(
    points=2,
    requires="reports_a_slow_drift",
    hint="How far do calm weeks of the reference move among themselves? A limit that stands in "
    "a textbook knows nothing of it.",
)
def reports_a_clock_one_hour_off(learner, world, limits, evidence):
    """Hours that are one off, the least that is asked for, are reported at once."""
    stream = plant(world, one_of(world, HOUR_OFF), lasts=4)

    watch = replay(learner, stream, evidence)

    evidence.number("small_delay", watch.score.delay)
    expect_alarm(watch, limits.delay)
    expect_quiet(watch, limits.false_alarms_nearby)


@dataclass(frozen=True)
class Watch:
    """What a monitor said to a stream, week by week, and what that was worth."""

    stream: Stream
    alarms: list[bool]

    @property
    def score(self):
        return score_alarms(self.alarms, self.stream.truth)

    def __str__(self) -> str:
        truth = self.stream.truth
        spells = [f"{truth.weeks[s[0]]} to {truth.weeks[s[-1]]}" for s in truth.spells]
        return f"In weeks {' and '.join(spells)}: {self.stream.description}"


def replay(learner, stream, evidence):
    """Show the monitor one week after the other, and draw its alarms."""
    watch = Watch(stream, learner.replay("DriftMonitor", stream))
    evidence.timeline(stream.description, watch.alarms, stream.truth)
    return watch


def one_of(world, events):
    return events[int(world.rng("event").integers(len(events)))]


def plant(world, event, lasts, schedule=scenarios.Sudden, **shape):
    """A quarter of reference, five to fourteen calm weeks, then the event; when is drawn.

    Some begin where the calm year begins: whoever counts weeks should not know where they are.
    """
    rng = world.rng("calendar")
    calm = int(rng.integers(5, 15))
    starts = calendar.LIVE_WEEKS[: 1 - calm - lasts]
    start = int(rng.choice(starts)) if rng.random() < 0.7 else starts[0]
    weeks, quarter = range(start, start + calm + lasts), range(start - 13, start)
    elsewhere = replace(world, flights=Elsewhere(world.flights, rng.choice([0.6, 0.7, 1.4, 1.6])))
    stream = elsewhere.stream(COLUMNS, weeks, quarter, rows=ROWS)
    return stream.plant(event, schedule(start + calm, **shape))


@dataclass(frozen=True)
class Elsewhere:
    """The flights of a city whose distances are others: what is usual stands in the reference."""

    flights: object
    times: float

    def read(self, columns, weeks):
        frame = self.flights.read(columns, weeks)
        return frame.assign(distance=(frame["distance"] * self.times).round().astype("int64"))


def expect_prompt_alarm(watch, limits, evidence):
    evidence.number("delay", watch.score.delay)
    evidence.number("false_alarms_nearby", watch.score.false_alarm_rate)
    expect_alarm(watch, limits.delay)
    expect_quiet(watch, limits.false_alarms_nearby)


def expect_alarm(watch, limit):
    """Ask for an alarm at most `limit` weeks after the first week with drift."""
    onset, delay = watch.stream.truth.onset, watch.score.delay
    seen = "no week raised one" if delay is None else f"the first came in week {onset + delay}"
    in_time = delay is not None and delay <= limit
    assert in_time, (
        f"Report the drift in time. {watch} An alarm was due by week {onset + limit}; {seen}."
    )


def expect_quiet(watch, limit):
    """Ask for few alarms in the weeks without drift."""
    truth = watch.stream.truth
    calm = [on for on, active in zip(watch.alarms, truth.active, strict=True) if not active]
    said = zip(truth.weeks, watch.alarms, truth.active, strict=True)
    wrong = [week for week, alarm, active in said if alarm and not active]
    assert watch.score.false_alarm_rate <= limit, (
        "Stay quiet in calm weeks: season, weather and holidays are no drift. "
        f"{len(wrong)} of {len(calm)} calm weeks raised an alarm, the first in week {wrong[0]}; "
        f"the limit is {limit:.0%} of them."
    )
