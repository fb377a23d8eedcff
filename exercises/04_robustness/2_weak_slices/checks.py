"""A model is audited on ten drawn weeks; where it is wrong, and by how much, the judge knows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.authoring import criterion

NUMBERS = ["rows", "days", "gap", "low", "high"]
WEEKS, ROWS = 10, 800  # in each week
LEAST = 60  # flights in a slice
LARGE = 1000  # here, flights of one day say most about each other
# A slice that is made weak: its flights, at least and at most, and its gap times their root.
# No fixed gap finds both kinds, and passes over what small slices have by chance.
WEAK = (LARGE, 3000, 3.4), (80, 200, 4)
SURE = 6  # standard errors of a gap that is not to be missed; about eight are planted
AUDITS, CALM_AUDITS = 4, 14


@criterion(points=2, hint="Term: groupby. For `days`, count different dates.")
def measures_every_slice(learner, world, limits, evidence):
    """Every slice of 60 flights or more is in the table, with its rows, its days and its gap."""
    (audit,) = draw_audits(world, 1, swing=0.4)
    table, expected = call(learner, "slice_gaps", audit), audit.table
    extra, lost = table.index.difference(expected.index), expected.index.difference(table.index)
    assert lost.empty, (
        f"List every slice that has {LEAST} flights or more. {len(expected)} were expected; "
        f"{len(lost)} of them are not there, the first is {audit.name(lost[0])}."
    )
    assert extra.empty, (
        f"Leave out slices with fewer than {LEAST} flights. {len(expected)} slices were expected; "
        f"there are {len(table)}, one of them is {audit.name(extra[0])}."
    )
    for number in NUMBERS[:3]:
        wrong = ~((table[number] - expected[number]).abs() < 1e-9)
        worst = wrong.idxmax()
        assert not wrong.any(), (
            f"Compute `{number}` as the README says: `rows` counts flights, `days` counts dates, "
            "and `gap` is the mean of `late` minus the mean of `probability`, over the flights "
            f"of the slice. For {audit.name(worst)}, `{number}` should be "
            f"{expected[number][worst]:.4g}; you returned {table[number][worst]:.4g}."
        )


@criterion(points=3, requires="measures_every_slice", hint="Term: block bootstrap, of days.")
def intervals_know_of_days(learner, world, limits, evidence):
    """The intervals of large slices are as wide as chance is, whether days differ or not."""
    audits = draw_audits(world, 3, swing=0.9)
    reach = pd.concat([reach_of(learner, audit) for audit in audits]).median()
    title = "Your intervals where the model is right: nearly all should hold 0"
    draw_intervals(learner, audits[0], title, "rows", evidence)
    narrow, wide = reach.min(), reach.max()
    evidence.number("narrow", narrow)
    evidence.number("wide", wide)
    seen = f"In slices of {LARGE} flights or more, your intervals reach {{:.0%}} as far from the "
    assert narrow >= limits.narrow, (
        "Take days as units, not flights: one storm makes all flights of a day late, so they are "
        f"less evidence than their number says. {seen.format(narrow)}gap as they must to be right "
        f"95 times in 100; at least {limits.narrow:.0%} is asked for."
    )
    assert wide <= limits.wide, (
        "Give the interval of the mean gap, not of the gaps of single days: many days together are "
        f"known better. {seen.format(wide)}gap as needed; the limit is {limits.wide:.0%}."
    )
    alike = draw_audits(world, 3, swing=0)
    wide = pd.concat([reach_of(learner, audit) for audit in alike]).median().max()
    evidence.number("wide_where_alike", wide)
    assert wide <= limits.wide_where_alike, (
        "Measure from the audit how much its days differ; no factor is right for all. Here, all "
        f"days are alike. {seen.format(wide)}gap as needed; the limit is "
        f"{limits.wide_where_alike:.0%}."
    )


@criterion(points=0, requires="intervals_know_of_days", hint="Terms: Holm, Benjamini-Hochberg.")
def trusts_a_sound_model(learner, world, limits, evidence):
    """Where the model is right in every slice, audits hardly ever report one."""
    audits = draw_audits(world, CALM_AUDITS, swing=0.2)
    counts = [len(report) for report in reports_of(learner, audits)]
    bars = {f"model {number}": count for number, count in enumerate(counts, 1)}
    evidence.bars("Slices reported of sound models", bars)
    loud = sum(count > 0 for count in counts)
    evidence.number("false_reports", loud)
    assert loud <= limits.false_reports, (
        "Correct for the number of slices: of 80 intervals that are right 95 times in 100, two "
        f"lie above 0 by chance. {CALM_AUDITS} models were right in every slice; you reported "
        f"slices of {loud} of them; at most {limits.false_reports:.0f} may get a report."
    )


@criterion(points=3, requires="trusts_a_sound_model", hint="Weak is a gap surely above 0.")
def finds_the_weak_slice(learner, world, limits, evidence):
    """One slice in which the model is too low is found, whichever it is."""
    expect_found(learner, world, 1, limits, evidence)


@criterion(points=2, requires="finds_the_weak_slice", hint="What follows the first finding?")
def finds_both_weak_slices(learner, world, limits, evidence):
    """Two slices in which the model is too low are both found."""
    expect_found(learner, world, 2, limits, evidence)


@dataclass(frozen=True)
class Audit:
    """What the learner gets, and the rows of every slice, small ones too."""

    flights: pd.DataFrame
    late: pd.Series
    probability: pd.Series
    slices: dict
    swing: float
    planted: tuple

    @property
    def table(self):
        numbers = {k: self._measure(r) for k, r in self.slices.items() if len(r) >= LEAST}
        table = pd.DataFrame(numbers, index=["rows", "days", "gap", "error"]).T
        return table.rename_axis(["column", "value"])

    @property
    def planted_surely(self):
        """What was made weak, unless chance has hidden it."""
        gaps = {key: self._measure(self.slices[key])[2:] for key in self.planted}
        return [key for key, (gap, error) in gaps.items() if gap >= SURE * error]

    def _measure(self, rows):
        """Count and average; the error of the gap is exact where the model is right."""
        p, late = (values.to_numpy()[rows] for values in (self.probability, self.late))
        days, day = np.unique(self.flights["date"].to_numpy()[rows], return_inverse=True)
        swing = self.swing**2 / 3  # the variance of a day's factor
        common = swing * (np.bincount(day, weights=p) ** 2).sum()
        alone = (p - p**2 * (1 + swing)).sum()
        return len(rows), len(days), late.mean() - p.mean(), (common + alone) ** 0.5 / len(rows)

    def name(self, key):
        return f"{key[0]} = {key[1]} ({len(self.slices.get(key, []))} flights)"


def draw_audits(world, count, swing, weak=0):
    """Draw models, what they are wrong about, and what happened on ten weeks of flights."""
    flights = flights_of(world)
    names = flights.columns.drop("date")
    slices = {(n, v): rows for n in names for v, rows in flights.groupby(n).indices.items()}
    (day, days), audits = pd.factorize(flights["date"]), []
    for number in range(count):
        rng = world.rng("audit", swing, weak, number)
        p = draw_model(flights, rng)
        kinds = [WEAK[(number + i) % 2] for i in range(weak)]
        planted, truth, extra = plant(slices, p, rng, kinds) if weak else ((), p, 0)
        swung = truth * rng.uniform(1 - swing, 1 + swing, len(days))[day]
        late = pd.Series(rng.random(len(p)) < swung + extra * (1 - swung))
        audits.append(Audit(flights, late, pd.Series(p), slices, swing, planted))
    return audits


def flights_of(world):
    """Ten weeks of real flights in a row, described by names alone."""
    first = int(world.rng("calendar").integers(1, 53 - WEEKS))
    columns = ["date", "carrier", "origin", "dest", "hour", "distance"]
    flights = world.weeks(range(first, first + WEEKS), columns, ROWS)
    bands = pd.cut(flights.pop("distance"), [0, 500, 1000, 1500, 9999], labels=[*"ABCD"])
    hours, weekdays = flights["hour"].map("{:02d}:00".format), flights["date"].dt.day_name()
    return flights.assign(hour=hours, weekday=weekdays, distance_band=bands.astype(str))


def draw_model(flights, rng):
    """Probabilities that differ between carriers, airports and hours."""
    logit = np.full(len(flights), rng.uniform(-1.9, -1.4))
    for column in ("carrier", "origin", "hour"):
        codes, names = pd.factorize(flights[column])
        logit += rng.normal(0, 0.35, len(names))[codes]
    return (1 / (1 + np.exp(-logit))).clip(0.03, 0.4)


def plant(slices, p, rng, kinds):
    """Make slices of different columns weak, one too high, and one weak that is too small."""
    chosen = []
    for least, most, _ in [*kinds, (300, 3000, 0)]:
        # ten Mondays are too few days for some right methods
        used = {"weekday", *(column for column, _ in chosen)}
        fits = (key for key, rows in slices.items() if least <= len(rows) <= most)
        free = [key for key in fits if key[0] not in used]
        chosen.append(free[int(rng.integers(len(free)))])
    *weak, high = chosen
    truth, spared = p.copy(), np.ones(len(p))  # spared: by the further cause of delays
    truth[slices[high]] *= 0.1
    for key, (_, _, far) in zip(weak, kinds, strict=True):
        rows = slices[key]
        gap = rng.uniform(1, 1.1) * far / len(rows) ** 0.5 + (p - truth)[rows].mean()
        spared[rows] *= 1 - gap / (1 - truth[rows].mean())
    tiny = next(key for key, rows in slices.items() if LEAST / 2 <= len(rows) < LEAST)
    spared[slices[tiny]] *= 0.4
    return tuple(weak), truth, 1 - spared


def call(learner, function, audit):
    """Ask for a table of slices, by column and value."""
    given = audit.flights, audit.late, audit.probability
    table = learner.call(function, *given, returns=pd.DataFrame)
    wanted = ["column", "value", *NUMBERS]
    lost = [column for column in wanted if column not in table]
    assert not lost or (function == "weak_slices" and table.empty), (
        f"Let `{function}` return the columns {', '.join(wanted)}, one row a slice. "
        f"Not there: {', '.join(lost)}."
    )
    table = table.reindex(columns=wanted).astype(str).set_index(wanted[:2])
    twice = table.index[table.index.duplicated()]
    assert twice.empty, (
        f"Let `{function}` return one row a slice. There are {len(table)} rows for "
        f"{table.index.nunique()} slices; twice or more: {audit.name(twice[0])}."
    )
    return table.apply(pd.to_numeric, errors="coerce")


def reports_of(learner, audits):
    """Ask for the weak slices of each audit, and look at what was measured there."""
    reports = [list(call(learner, "weak_slices", audit).index) for audit in audits]
    for audit, key in ((a, key) for a, r in zip(audits, reports, strict=True) for key in r):
        rows = audit.slices.get(key, [])
        assert len(rows) >= LEAST, (
            f"Report no slice with fewer than {LEAST} flights. You reported {audit.name(key)}."
        )
        late, said = (values.iloc[rows].mean() for values in (audit.late, audit.probability))
        assert late > said, (
            "Report slices in which more flights were late than the model expected: its own "
            "probabilities are what to compare with, not the share of all flights, and being too "
            f"high is not asked for. In {audit.name(key)}, it expected {said:.1%}; {late:.1%} were."
        )
    for audit, report in zip(audits, reports, strict=True):
        lows = call(learner, "slice_gaps", audit)["low"] if report else {}
        for key in report:
            assert (low := lows.get(key, np.nan)) > 0, (
                "Ask for evidence, not for a large gap: of many small slices, some have one by "
                f"chance. You reported {audit.name(key)}; your own interval of its gap begins at "
                f"{100 * low:.1f} points, and should lie above 0."
            )
    return reports


def reach_of(learner, audit):
    """How far large slices' intervals reach to each side, as shares of what is right."""
    right = audit.table.query(f"rows >= {LARGE}")
    ends = call(learner, "slice_gaps", audit).reindex(right.index)
    both = {"low": right["gap"] - ends["low"], "high": ends["high"] - right["gap"]}
    return pd.DataFrame(both).div(1.96 * right["error"], axis=0).fillna(0)


def expect_found(learner, world, weak, limits, evidence):
    """Ask for the planted slices; show the slices of the first audit."""
    audits = draw_audits(world, AUDITS, 0.4, weak)
    reports = reports_of(learner, audits)
    draw_intervals(learner, audits[0], "The largest gaps of the first model", "gap", evidence)
    both = zip(audits, reports, strict=True)
    sure = [(audit, key, report) for audit, report in both for key in audit.planted_surely]
    lost = [
        f"{audit.name(key)}, {100 * audit.table['gap'][key]:.1f} points too low"
        for audit, key, report in sure
        if key not in report
    ]
    evidence.number("missed", len(lost))
    assert len(lost) <= limits.missed, (
        "Report every slice whose gap is surely above 0, in whatever column it is and however "
        f"large, and do not end with the first. Of {len(sure)} slices whose gap was {SURE} "
        f"standard errors or more, {len(lost)} were missed, the first is {lost[0]}."
    )


def draw_intervals(learner, audit, title, by, evidence):
    table = call(learner, "slice_gaps", audit).sort_values(by, ascending=False)[:14]
    labels = [f"{k[0]} {k[1]}" + " (planted)" * (k in audit.planted) for k in table.index]
    points = (100 * table[["low", "gap", "high"]]).itertuples(index=False, name=None)
    evidence.intervals(title, dict(zip(labels, points, strict=True)), unit="points")
