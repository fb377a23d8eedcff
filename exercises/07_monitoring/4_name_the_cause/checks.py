"""A triage names the cause of weekly batches; what had happened, only the judge knows."""

import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from workbench.authoring import World, calendar, criterion, scenarios

SCHEDULE = ["carrier", "origin", "distance", "hour"]
WEATHER = ["temp", "precip_3h", "visib"]
DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
FEATURES = [*SCHEDULE, *WEATHER, *DELAYS]
LARGE = {"carrier": ["UA", "B6", "EV", "DL"], "origin": ["EWR", "JFK", "LGA"]}
LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"  # of names
ROWS = 2000  # in each week
SWING = 0.12  # on some days all flights are more often late, on others less
CUTS = [("hour", hour) for hour in (8, 9, 10, 17, 18, 19)]
CUTS += [("distance", miles) for miles in (400, 500, 600, 1200, 1500)]

SEASON, DATA, MIX, LABEL, CONCEPT = CAUSES = [
    "season",
    "data incident",
    "covariate shift",
    "label shift",
    "concept drift",
]
WRONG = [  # one event of each row is drawn
    [scenarios.UnitChange("distance", 1.609)],  # kilometres
    [scenarios.UnitChange("visib", 1.609)],
    [scenarios.UnitChange(column, 60) for column in DELAYS],  # seconds
    [scenarios.UnitChange(column, 0.0167) for column in DELAYS],  # hours
    [scenarios.SwappedColumns("distance", "hour")],
    [scenarios.SwappedColumns(column, "visib") for column in ("temp", "precip_3h")],
    [scenarios.HourShift("hour", hours) for hours in (4, 5)],  # UTC
    [scenarios.HourShift("hour", -3)],  # the clock of California
]


@criterion(points=0, hint="What do calm weeks of other seasons change: values, shares, or rules?")
def season_is_no_incident(learner, world, limits, evidence, notes):
    """Weeks in which only the season moved get no other name."""
    past = Past.draw(world)
    triage = learner.new("Triage", past.reference())
    cases = notes["cases"] = past.cases()
    for case in cases:
        case.answer = triage.call("name", case.batch, returns=str)
        assert case.answer in CAUSES, (
            f"Return one of the five names: {', '.join(CAUSES)}. `name` returned "
            f"{case.answer[:40]!r}."
        )
    counts = Counter((case.cause, case.answer) for case in cases)
    values = [[counts[cause, answer] for answer in CAUSES] for cause in CAUSES]
    evidence.matrix("What had happened (rows) and your names (columns)", CAUSES, CAUSES, values)
    expect_found(cases, SEASON, limits, evidence)


@criterion(points=2, requires="season_is_no_incident", hint="Which values are impossible?")
def names_wrong_values(limits, evidence, notes):
    """Other units, swapped columns and wrong clocks are data incidents; true changes are not."""
    expect_named(notes["cases"], DATA, limits, evidence, kind="wrong values")


@criterion(points=2, requires="names_wrong_values", hint="pandas: isna, isin, value_counts.")
def names_lost_values(limits, evidence, notes):
    """New names, missing values and feeds that hang are data incidents."""
    expect_named(notes["cases"], DATA, limits, evidence, kind="lost values")


@criterion(
    points=2,
    requires="names_lost_values",
    hint="Compare the shares of carriers, airports, hours and distances, and nothing else.",
)
def names_another_mix(limits, evidence, notes):
    """Another mix of flights, each as often late as before, is a covariate shift."""
    expect_named(notes["cases"], MIX, limits, evidence)


@criterion(
    points=2,
    requires="names_another_mix",
    hint="Compare `late` with `p`, first over the batch, then in groups of flights.",
)
def names_another_level(limits, evidence, notes):
    """More or fewer late flights, in all groups, are a label shift."""
    expect_named(notes["cases"], LABEL, limits, evidence)


@criterion(points=2, requires="names_another_level", hint="Term: calibration within groups.")
def names_another_rule(limits, evidence, notes):
    """Other rules in one group of flights are a concept drift, whichever the group is."""
    expect_named(notes["cases"], CONCEPT, limits, evidence)


@dataclass
class Case:
    """A batch, what had happened to it, and the learner's name for it."""

    cause: str
    story: str
    batch: pd.DataFrame
    kind: str = ""
    answer: str = ""

    def __str__(self) -> str:
        return f"{self.story} That is: {self.cause}. You said: {self.answer}."


def expect_found(cases, cause, limits, evidence, kind=""):
    """Ask for the cause's name where it was the cause."""
    mine = [case for case in cases if (case.cause, case.kind) == (cause, kind)]
    missed = [case for case in mine if case.answer != cause]
    rows = [[case.story, case.answer] for case in mine]
    evidence.table(f"Batches of cause: {cause}", ["what had happened", "your name"], rows)
    evidence.number("missed", len(missed))
    assert len(missed) <= limits.missed, (
        f"Say '{cause}' where it is the cause. Of {len(mine)} such batches{kind and f' ({kind})'}, "
        f"{len(missed)} got another name; at most {limits.missed:.0f} may. "
        f"One of them: {missed[0]}"
    )


def expect_named(cases, cause, limits, evidence, kind=""):
    """Ask for the cause's name where it was the cause, and nowhere else."""
    expect_found(cases, cause, limits, evidence, kind)
    wrong = [case for case in cases if case.answer == cause != case.cause]
    evidence.number("misnamed", len(wrong))
    assert len(wrong) <= limits.misnamed, (
        f"Say '{cause}' only where it is the cause. Of {len(cases)} batches, {len(wrong)} with "
        f"another cause got this name; at most {limits.misnamed:.0f} may. One of them: {wrong[0]}"
    )


@dataclass(frozen=True)
class Past:
    """Real flights; what makes them late is drawn, and the model knows it."""

    world: World
    first: int
    code: Mapping[int, int]  # letters of names
    relation: scenarios.Relation

    @classmethod
    def draw(cls, world):
        first = int(world.rng("calendar").integers(1, 15))
        rng = world.rng("code")
        drawn = "".join([*rng.permutation([*LETTERS]), *rng.permutation([*DIGITS])])
        code = str.maketrans(LETTERS + DIGITS, drawn)  # no triage knows the names beforehand
        year = rename(world.weeks((5, 18, 31, 44), FEATURES, 200), code)
        relation = scenarios.Relation.draw(year, world.rng("relation"), rate=0.24, auc=0.76)
        return cls(world, first, code, relation)

    def reference(self):
        """Calm weeks, and what happened."""
        weeks = range(self.first, self.first + 13)
        return happen(self.flights(weeks, ROWS), self.world.rng("late"))

    def flights(self, weeks, rows=None):
        """Flights of some weeks, with the model's probabilities."""
        columns = ["week", "date", *FEATURES]
        flights = self.world.weeks(weeks, columns, rows)
        flights = flights[flights["distance"] >= 80].reset_index(drop=True)  # one of 17 miles
        flights = rename(flights, self.code)
        return flights.assign(p=self.relation.probability(flights))

    def cases(self):
        """Draw batches of later weeks, each with its own event or none, in any order."""
        rng = self.world.rng("cases")
        later = range(self.first + 13, calendar.WEEKS[-1] + 1)
        flights = self.flights(rng.choice(later, 7, replace=False))
        weeks = [week for _, week in flights.groupby("week")]
        large = {c: [name.translate(self.code) for name in LARGE[c]] for c in LARGE}
        plans = [
            *[calm] * 8,
            *(partial(self.incident, "wrong values", events) for events in WRONG),
            *(partial(self.incident, "lost values", events) for events in lost(**large)),
            *(partial(mix, events) for events in mixes(**large)),
            *[level] * 7,
            *[partial(rule, large)] * 8,
        ]
        # Batches of a week share flights: what happened to them is drawn for each.
        dealt = zip(rng.permutation(len(plans)), itertools.cycle(weeks))
        return [plans[i](happen(week, rng), rng) for i, week in dealt]

    def incident(self, kind, events, week, rng):
        """What is written is wrong, and the model gets it as it is written."""
        event = one_of(events, rng)
        strength = rng.uniform(0.5, 1) if isinstance(event, scenarios.StaleFeed) else 1.0
        batch = event.apply(some(week, rng), rng, strength)
        batch = batch.assign(p=self.relation.probability(batch))
        return Case(DATA, event.description, batch, kind)


def lost(carrier, origin):
    """Return the ways to lose values, given the large carriers and airports."""
    return [
        [scenarios.RenamedCategory("carrier", name, name + "L") for name in carrier],
        [scenarios.RenamedCategory("carrier", name, name.lower()) for name in carrier],
        [scenarios.RenamedCategory("origin", name, "K" + name) for name in origin],
        [scenarios.NullsBurst(column, 0.3) for column in SCHEDULE],
        [scenarios.NullsBurst(column, 0.3) for column in WEATHER],
        [scenarios.NullsBurst(column, 0.6) for column in DELAYS],  # they have gaps by nature
        [scenarios.StaleFeed(("temp",))],
        [scenarios.StaleFeed(tuple(DELAYS[:2])), scenarios.StaleFeed(tuple(DELAYS[3:]))],
    ]


def mixes(carrier, origin):
    """Return the ways to mix flights, given the large carriers and airports."""
    return [
        [scenarios.CovariateShift("distance", 3.5)],
        [scenarios.CovariateShift("distance", -3.5)],
        [scenarios.CovariateShift("hour", 3.5)],  # no earlier hours: they have more gaps as well
        [scenarios.CovariateShift("carrier", 4.0, name) for name in carrier],
        [scenarios.CovariateShift("origin", 2.0, name) for name in origin],
        [scenarios.CovariateShift("origin", -2.5, name) for name in origin],
    ]


def rename(flights, code):
    """Write the names of carriers and airports in a code."""
    return flights.assign(**{c: flights[c].str.translate(code) for c in LARGE})


def happen(flights, rng):
    """Draw which flights are late."""
    day, days = pd.factorize(flights["date"])
    chance = flights["p"] * rng.uniform(1 - SWING, 1 + SWING, len(days))[day]
    return flights.drop(columns="date").assign(late=rng.random(len(flights)) < chance)


def calm(week, rng):
    return Case(SEASON, f"Week {week['week'].iloc[0]} is a calm one.", some(week, rng))


def mix(events, week, rng):
    event = one_of(events, rng)
    return Case(MIX, event.description, some(week, rng, event))


def level(week, rng):
    """More flights are late, or fewer."""
    on_time, late = week.groupby("late")["p"].mean()  # p follows the share
    gap = rng.uniform(0.11, 0.135) * (-1 if on_time > 0.16 and rng.random() < 0.5 else 1)
    event = scenarios.LabelShift((on_time + gap) / (1 - late + on_time))
    story = f"All kinds of flights were late {'more' if gap > 0 else 'less'} often."
    return Case(LABEL, story, some(week, rng, event))


def rule(large, week, rng):
    """The flights of one group are more often late, or less."""
    named = [(column, name) for column, names in large.items() for name in names]
    groups = {f"{column} == '{name}'": week[column] == name for column, name in named}
    for column, cut in CUTS:
        below = week[column] < cut
        groups |= {f"{column} < {cut}": below, f"{column} >= {cut}": ~below}
    fitting = [name for name, rows in groups.items() if 0.15 <= rows.mean() <= 0.4]
    group = one_of(fitting, rng)
    share, change = week["late"][groups[group]].mean(), rng.uniform(0.25, 0.35)
    fewer = share > change + 0.02 and rng.random() < 0.5
    hit, flip = ("late", change / share) if fewer else ("not late", change / (1 - share))
    batch = scenarios.ConceptDrift(f"{group} and {hit}", flip).apply(some(week, rng), rng, 1.0)
    story = f"Flights with {group} were late {change:.0%} {'less' if fewer else 'more'} often."
    return Case(CONCEPT, story, batch)


def some(week, rng, event=None):
    """Draw flights of a week, each once at most; an event may weigh them."""
    weights = event and event.weigh(week, np.ones(len(week)), 1.0)
    chance = None if event is None else weights / weights.sum()
    rows = rng.choice(len(week), ROWS, replace=False, p=chance)
    return week.iloc[np.sort(rows)].reset_index(drop=True)


def one_of(events, rng):
    return events[int(rng.integers(len(events)))]
