"""Distances of drawn samples of real columns, beside the judge's own, counted value by value."""

import math
import re

import pandas as pd

from workbench.authoring import BadAnswer, criterion, scenarios

from _drift import (
    COLUMNS,
    NUMBERS,
    add_gaps,
    bin_shares,
    describe,
    draw,
    filled,
    ks,
    mix,
    psi,
    variation,
    weeks,
)

ADVICE = {
    "kind": "Take the kind from the reference's dtype.",
    "distance": "Report the KS statistic of numbers, the total variation distance of the others, "
    "and NaN for numbers where a side has no value.",
    "missing_before": "Report the share of the reference's rows without a value.",
    "missing_now": "Report the share of the current rows without a value.",
    "moved": "Decide by size, not by a p-value: moved is what has a distance, or a difference "
    "between the missing shares, of the limit or more.",
}
SLIPS = {  # what a wrong value says about how it was made
    "Take the edges from the reference: those of the current window move with it.": "of the other",
    "Take quantiles as edges: equal steps put most rows into a few bins.": "equal width",
    "Take values of the reference as edges, as `inverted_cdf` does, none between.": "interpolated",
    "Count missing values: they have a bin of their own, and shares are of all rows.": "no gaps",
}


@criterion(points=2, hint="How many values of each sample stand in each of your bins?")
def psi_follows_the_reference(learner, world, limits, evidence):
    """PSI counts both samples in the quantile bins of the reference, whatever the unit."""
    rng, (early, late) = world.rng("psi"), weeks(world)
    few, more = filled(rng, 4)
    cases = {"few numbers": (few, more, 4), "few numbers times 8": (few * 8, more * 8, 4)}
    for name in ["distance", "hour"]:
        before, now = draw(rng, early[name]), draw(rng, late[name])
        cases[name] = before, now
        cases[f"{name}, other way round"] = now, before, int(rng.integers(4, 17))
    delays = [week["delay_city_3h"].dropna() for week in (early, late)]
    before, now = draw(rng, delays[0]), draw(rng, pd.concat(delays))  # so that no bin is empty
    cases |= {
        "delays": (before, now),
        "delays in hours": (before / 60, now / 60),
        "delays to the third power": (before**3, now**3),
        "delays in another order, with labels that repeat": (mix(rng, before), mix(rng, now)),
        "delays against themselves": (before, before),
    }
    draw_bins(evidence, before, now)

    advice = "Count in quantile bins of the reference; an edge belongs to the bin below it."
    compare(learner, "psi", psi, cases, advice, limits, evidence)


@criterion(points=2, requires="psi_follows_the_reference", hint="What is log(0)? And NaN < 3?")
def psi_is_always_defined(learner, world, limits, evidence):
    """Missing values, empty bins, constant columns and tiny samples have a PSI."""
    rng, (early, late) = world.rng("defined"), weeks(world)
    few, more = filled(rng, 4)
    one, void = few[:1], few[:1] * math.nan
    temps = [draw(rng, week["temp"].dropna()) for week in (early, late)]
    rain = [draw(rng, week["precip_3h"].dropna()) for week in (early, late)]
    delays = [draw(rng, week["delay_city_3h"].dropna()) for week in (early, late)]
    gappy = [add_gaps(rng, delay, share) for delay, share in zip(delays, (0.1, 0.3), strict=True)]
    cases = {
        "numbers with gaps": (few, add_gaps(rng, more, 0.2), 4),
        "dtype Int64 with gaps": (few.astype("Int64"), add_gaps(rng, more.astype("Int64"), 0.3), 4),
        "all above the reference": (few, more + 100, 4),
        "a reference of one": (one, more),
        "one value on both sides": (one, one),
        "another value on each side": (one, one - 1),
        "a reference without a value": (void, add_gaps(rng, few, 0.3)),
        "nothing there any more": (few, void),
        "delays with gaps": gappy,
        "delays whose gaps are gone": (gappy[1], delays[0]),
        "temperatures of winter and summer": temps,
        "temperatures of summer and winter": temps[::-1],
        "rain, mostly 0": rain,
    }

    advice = (
        "Take shares of all rows, those without a value included, and give empty bins, on either "
        "side, a share of 0.0001, so that the logarithm is finite."
    )
    compare(learner, "psi", psi, cases, advice, limits, evidence)


@criterion(points=1, hint="Of [1, 1, 2] and of [1, 2], which share is at most 1?")
def ks_compares_every_value(learner, world, limits, evidence):
    """The Kolmogorov-Smirnov statistic sees all values, ties and gaps included."""
    rng, (early, late) = world.rng("ks"), weeks(world)
    few, more = (pd.Series(rng.integers(1, 4, rows)) for rows in (7, 11))
    cases = {
        "numbers with ties": (few, more),
        "dtype Int64 with gaps": (few, add_gaps(rng, more.astype("Int64"), 0.3)),
        "all above the reference": (few, more + 3),
        "one value on both sides": (few[:1], few[:1]),
    }
    for name in NUMBERS:
        before, now = draw(rng, early[name]), draw(rng, late[name])
        cases |= {name: (before, now), f"{name}, other way round": (now, before)}
    cases |= {
        "delays with more gaps": (before, add_gaps(rng, now, 0.3)),
        "delays in another order, with labels that repeat": (mix(rng, before), mix(rng, now)),
        "delays against themselves": (before, mix(rng, before)),
    }

    advice = "Compare the shares of values up to x, for every x that occurs and with all its ties."
    compare(learner, "ks_statistic", ks, cases, advice, limits, evidence)


@criterion(points=2, requires="ks_compares_every_value", hint="Term: total variation distance.")
def categories_count_on_both_sides(learner, world, limits, evidence):
    """The distance of categories counts names that one sample lacks, and missing values."""
    rng, (early, late) = world.rng("names"), weeks(world)
    few = pd.Series(rng.permutation(["EWR", "EWR", "JFK", "JFK", "LGA"]))
    no_lga = few.astype(object).where(few != "LGA", None)
    before, now = (draw(rng, week["carrier"]) for week in (early, late))
    cases = {
        "a new name": (few, few.replace("LGA", "KLGA")),
        "a name gone": (few, few[few != "LGA"]),
        "all other names": (few, "K" + few),
        "a name missing": (few, no_lga),
        "missing as NaN and as None": (add_gaps(rng, few, 0.4), no_lga),
        "nothing there any more": (few, add_gaps(rng, few[:0], 0.5)),
        "equal shares of more rows": (few, pd.concat([few, few])),
        "dtypes str and category": (few, few[:3].astype("category")),
        "carriers": (before, now),
        "carriers, other way round": (now, before),
        "carriers, one renamed": (before, now.replace("UA", "UAL")),
        "carriers with gaps": (add_gaps(rng, before, 0.1), add_gaps(rng, now, 0.3)),
        "carriers, labels that repeat": (mix(rng, before).astype("category"), mix(rng, now)),
    }

    advice = "Count each name that one side has, with share 0 where it is not; missing is a name."
    compare(learner, "total_variation", variation, cases, advice, limits, evidence)


@criterion(
    points=2,
    requires="categories_count_on_both_sides",
    hint="What happens to a p-value when each row comes ten times?",
)
def reports_moves_by_size(learner, world, limits, evidence):
    """The report calls large moves moved, and leaves alone what differs by a little."""
    rng, (early, late) = world.rng("report"), [mix(world.rng("mix"), week) for week in weeks(world)]
    bad = late.assign(**{rng.choice(["temp", "precip_3h"]): math.nan})  # a feed is lost
    for event in [
        scenarios.RenamedCategory("carrier", rng.choice(["UA", "B6", "EV"]), "XX"),
        scenarios.UnitChange("distance", factor=1.609),
        scenarios.NullsBurst("hour", rate=rng.uniform(0.12, 0.3)),
        scenarios.NullsBurst("origin", rate=rng.uniform(0.12, 0.3)),
    ]:
        bad = event.apply(bad, rng, 1.0)
    bad = bad[[*rng.permutation(COLUMNS)]]
    typed = early.astype({"origin": "category", "carrier": "object", "hour": "Int64"})
    # Other names: the dtype alone tells the kind.
    names = dict(zip(COLUMNS, rng.permutation([*"abcdefg"]).tolist(), strict=True))
    early, late, bad, typed = (week.rename(columns=names) for week in (early, late, bad, typed))

    expect_report(learner, limits, evidence, "calm weeks", early, late)
    expect_report(learner, limits, evidence, "weeks with incidents", early, bad)
    limit = float(rng.uniform(0.22, 0.3))  # more than a carrier has, less than a lost feed
    expect_report(learner, limits, evidence, "weeks, incidents first", bad, typed, limit)


@criterion(points=1, requires="reports_moves_by_size", hint="Python: raise ValueError(text)")
def refuses_empty_samples(learner):
    """Where a side has nothing to compare, a ValueError names that side."""
    few, names = pd.Series([1.0, 2.0]), pd.Series(["EWR"])
    for name, full, empty in [
        ("psi", few, few[:0]),
        ("ks_statistic", few, few[:0]),
        ("ks_statistic", few, few * math.nan),
        ("total_variation", names, names[:0]),
        ("drift_report", few.to_frame("hour"), few[:0].to_frame("hour")),
    ]:
        for side, pair in {"reference": (empty, full), "current": (full, empty)}.items():
            raised = learner.refuses(name, *pair)
            seen = f"{raised.kind}: {raised.text}" if raised else "no error"
            words = {*re.findall("reference|current", seen)}
            fine = seen.startswith("ValueError: ") and words == {side}
            assert fine, (
                "Raise a ValueError that names the side with nothing in it: a distance from "
                f"nothing is no number. `{name}`, where {side} has {len(empty)} rows and no "
                f'value: expected a ValueError with the word "{side}", and not the other side\'s, '
                f"seen {seen}."
            )


def compare(learner, function, truth, cases, advice, limits, evidence):
    """Expect the judge's distance for each case, the smallest cases first."""
    rows = []
    for story, samples in cases.items():
        due, case = truth(*samples), show(story, *samples)
        try:
            seen = learner.call(function, *samples, returns=float)
        except BadAnswer as problem:
            raise BadAnswer(f"{advice} With {case}: expected {due:.6f}. {problem}") from None
        rows.append([story, due, seen])
        if abs(due - seen) > limits.rounding:
            break
    evidence.table(f"Values of `{function}`", ["samples", "expected", "yours"], rows)
    evidence.number("rounding", max(abs(due - seen) for _, due, seen in rows))
    slips = SLIPS.items() if truth is psi else ()
    found = [slip for slip, how in slips if math.isclose(seen, psi(*samples, how=how))]
    assert abs(due - seen) <= limits.rounding, (
        f"{[*found, advice][0]} With {case}: expected {due:.6f}, seen {seen:.6f}; the limit is a "
        f"difference of {limits.rounding:g}."
    )


def show(story, before, now, bins=None):
    samples = f" {before.tolist()} and {now.tolist()}" if len(before) + len(now) < 30 else ""
    return f"{story}{samples}{f', bins={bins}' if bins else ''}"


def expect_report(learner, limits, evidence, story, before, now, *limit):
    """Compare a report with the judge's own, cell by cell."""
    report = learner.call("drift_report", before, now, *limit, returns=pd.DataFrame)
    seen = [*report.columns], [*report.index]
    if seen != ([*ADVICE], [*before.columns]):
        columns, index = (", ".join(map(str, names)) for names in seen)
        raise BadAnswer(
            f"Give the report the columns {', '.join(ADVICE)}, and one row for each column of the "
            f"reference, in its order, named in the index: here {', '.join(before.columns)}. "
            f"Seen the columns {columns} and the rows {index}."
        )
    limit = limit[0] if limit else 0.1
    due = {name: describe(before[name], now[name], limit) for name in before}
    draw_report(evidence, story, due, limit)
    for (name, (row, p)), values in zip(due.items(), report.itertuples(index=False), strict=True):
        sizes = f"{row['distance']:.3f}, {row['missing_before']:.1%} and {row['missing_now']:.1%}"
        for (cell, wanted), value in zip(row.items(), values, strict=True):
            assert agree(wanted, value, limits.rounding), (
                f"{ADVICE[cell]} In {story}, column {name} ({before[name].dtype}, then "
                f"{now[name].dtype}): expected {cell} {tell(wanted)}, seen {tell(value)}. Its "
                f"distance and missing shares are {sizes}; the limit is {limit:.3f}. With "
                f"{len(before):,} and {len(now):,} rows the p-value is {p:.0e}."
            )


def tell(value):
    return f"{value:.6f}" if isinstance(value, float) else repr(value)


def agree(due, seen, rounding):
    if isinstance(due, str | bool):
        return type(seen) is type(due) and seen == due
    if pd.isna(seen) or math.isnan(due):
        return bool(pd.isna(seen)) and math.isnan(due)
    return type(seen) in (int, float) and abs(seen - due) <= rounding


def draw_bins(evidence, *samples):
    shares = dict(zip(["reference", "current"], bin_shares(*samples), strict=True))
    bins = range(1, len(shares["current"]) + 1)
    title = "Delays in the bins of the reference, missing values last"
    evidence.lines(title, bins, shares, x_label="bin", y_label="share of rows")


def draw_report(evidence, story, due, limit):
    sizes = {name: row["distance"] for name, (row, _) in due.items() if row["distance"] >= 0}
    evidence.bars(f"Distances, {story}", sizes, limit=limit)
    rows = [[n, row["distance"], p, str(row["moved"])] for n, (row, p) in due.items() if n in sizes]
    evidence.table(f"Report, {story}", ["column", "distance", "p-value", "moved"], rows)
