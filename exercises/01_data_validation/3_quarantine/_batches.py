"""Batches of real flights in which rows break drawn rules."""

from dataclasses import dataclass
from functools import cached_property
from itertools import cycle

import pandas as pd

from workbench.authoring import calendar

PLAN = ["date", "carrier", "flight", "origin", "dest", "scheduled_departure", "distance"]
OUTCOME = ["tailnum", "departure_time", "departure_delay", "arrival_delay", "air_time"]
ROWS = 2000
SEASONS = {
    "the storm of February": [6],
    "August": [33, 34],  # some flight numbers leave from two airports on one day
    "another season": [*range(14, 33), *range(35, 53)],
}
SEVERAL = [
    *(("missing", "origin"), ("missing", "distance"), ("missing", "day"), ("missing", "departure")),
    *(("origin", "distance"), ("distance", "departure"), ("day", "departure")),
    *(("missing", "origin", "day"), ("origin", "distance", "day", "departure")),
]
TWINS = {
    "flights sent again": {},
    "flights sent again with another delay": {"arrival_delay": 1441},
    "flights sent again with a distance of -1": {"distance": -1},
}


@dataclass(frozen=True)
class Batch:
    """Rows, what was done to them, and the reasons that are due for each, "" for a sound one."""

    frame: pd.DataFrame
    story: str
    due: list[str] | None = None

    def __str__(self):
        return f"In a batch of {len(self.frame)} flights ({self.story})"

    @cached_property
    def rows(self):
        return rows_of(self.frame)

    @cached_property
    def bad(self):
        return {row: why for row, why in zip(self.rows, self.due, strict=True) if why}

    @cached_property
    def sound(self):
        return [row for row, why in zip(self.rows, self.due, strict=True) if not why]


def clean(world, story, weeks=calendar.WEEKS, rows=ROWS):
    """Rows of a real week; the story draws which."""
    week = int(world.rng("week", story).choice(weeks))
    frame = world.week(week, PLAN + OUTCOME, rows)
    return Batch(frame, story, [""] * len(frame))


def spoil(world, story, faults, weeks=calendar.WEEKS, rows=ROWS):
    """A real week in which, for each tuple of rules, one row breaks these and no others."""
    frame = clean(world, story, weeks, rows).frame.astype({"flight": float, "distance": float})
    rng = world.rng("rows", story)
    able = frame[frame["departure_time"].notna()].drop_duplicates("flight")  # no key will repeat
    broken = dict(zip(able.sample(len(faults), random_state=rng).index, faults, strict=True))
    gaps = cycle(PLAN)
    for row, rules in broken.items():
        gap = next(gaps) if rules == ("missing",) else "dest"
        for rule in rules:
            spoil_row(frame, row, rule, gap, rng)
    return Batch(frame, story, [", ".join(broken.get(row, ())) for row in frame.index])


def spoil_row(frame, row, rule, gap, rng):
    match rule:
        case "missing":
            frame.loc[row, gap] = None
        case "origin":
            other = "".join(rng.choice([*"ABCDFGHIKMNOPQSTUVXYZ"], 3))  # not EWR, JFK or LGA
            frame.loc[row, "origin"] = str(rng.choice(["jfk", other]))
        case "distance":
            frame.loc[row, "distance"] = rng.choice([0, -rng.integers(1, 3000)])
        case "day":
            days = rng.choice([-1, 1, rng.integers(2, 400)])
            frame.loc[row, "scheduled_departure"] += pd.Timedelta(days=days)
        case "departure":
            frame.loc[row, rng.choice(["departure_time", "departure_delay"])] = None


def repeat(world, batch, change):
    """Ten sound rows come again after the last one, with a change: all these keys repeat."""
    able = [i for i, why in enumerate(batch.due) if not why]
    twice = world.rng("twice", batch.story).choice(able, 10, replace=False)
    copies = batch.frame.iloc[twice].assign(**change).astype(batch.frame.dtypes)
    due = ["repeated" if i in twice else why for i, why in enumerate(batch.due)]
    due += ["distance, repeated" if "distance" in change else "repeated"] * len(twice)
    return Batch(pd.concat([batch.frame, copies], ignore_index=True), batch.story, due)


def rows_of(part):
    """The contents of each row, comparable whatever the dtypes."""
    if part.empty:
        return []
    return [*zip(*(plain(part[name]) for name in PLAN + OUTCOME), strict=True)]


def plain(column):
    if column.dtype.kind == "M":
        return column.to_numpy("datetime64[us]").tolist()
    return column.astype(object).where(column.notna(), None).tolist()
