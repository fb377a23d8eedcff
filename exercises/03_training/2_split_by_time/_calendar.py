"""Times of rows as calendars have them, and labels that drift with the days."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm

from workbench.authoring import calendar

DAY = np.timedelta64(1, "D")
FEATURES = ["hour", "delay_city_3h", "temp", "pressure"]
STRENGTHS = [0.7, 1.5, 2.5, 3.5]  # of what a flight tells of itself: costs differ between worlds
PAST, LATER, ROWS = 28, 17, 110  # weeks known, weeks to come, rows a week
SHAPE = {"n_splits": 4, "test_days": 28, "gap_days": 7}


@dataclass(frozen=True)
class Case:
    """Times of rows, and how they are to be split."""

    times: pd.Series
    shape: dict

    @classmethod
    def draw(cls, rng, **wanted):
        """Sorted rows; a hole of nine days or more lies shortly before one of the blocks."""
        shape = {
            "n_splits": int(rng.integers(3, 6)),
            "test_days": int(rng.integers(3, 7)),
            "gap_days": int(rng.integers(5, 9)),
        } | wanted
        tested = shape["n_splits"] * shape["test_days"]
        before = shape["test_days"] * int(rng.integers(1, shape["n_splits"] + 1)) + 2
        days = np.setdiff1d(np.arange(40 + tested), rng.choice(np.arange(5, 20), 6, replace=False))
        days[len(days) - before :] += int(rng.integers(9, 14))
        days = np.repeat(days, rng.integers(5, 11, len(days)))
        minutes = rng.choice([0, 360, 361, 720, 1080, 1439], len(days))  # many rows a moment
        start = pd.Timestamp("2013-01-01") + pd.Timedelta(days=int(rng.integers(200)))
        times = start + pd.to_timedelta(days * 1440 + minutes, unit="min")
        return cls(pd.Series(times.sort_values()), shape)

    @property
    def days(self):
        return self.times.to_numpy().astype("datetime64[D]")

    @property
    def folds(self):
        """Positions of the rows that the README asks for."""
        tested = np.unique(self.days)[-self.shape["n_splits"] * self.shape["test_days"] :]
        blocks = np.split(tested, self.shape["n_splits"])
        ends = [block[0] - self.shape["gap_days"] * DAY for block in blocks]
        return [
            (np.flatnonzero(self.days < end), np.flatnonzero(np.isin(self.days, block)))
            for block, end in zip(blocks, ends, strict=True)
        ]

    def take(self, rows):
        return Case(self.times.iloc[rows].reset_index(drop=True), self.shape)

    def label(self, labels):
        return Case(self.times.set_axis(labels), self.shape)


def draw_calendar(evidence, case, folds):
    rows, start = {}, case.days.min()
    for number, fold in enumerate(folds, 1):
        for name, side in zip(("training", "test"), fold, strict=True):
            day = (case.days[side] - start).astype(float)
            rows[f"{number} {name}"] = (day.min(), float(np.median(day)), day.max())
    evidence.intervals("Your folds on the calendar", rows, unit="days from the first")


def real_rows(world, weeks):
    """Times, hours and delays of real flights, from a drawn week on."""
    start = int(world.rng("start").integers(1, 53 - weeks))
    columns = ["scheduled_departure", "hour", "delay_city_3h"]
    rows = world.weeks(calendar.WEEKS[start : start + weeks], columns, ROWS)
    rows = rows.rename(columns={"scheduled_departure": "time"})
    dealt = world.rng("deal").permutation(len(rows))  # no season: what moves is planted
    return rows.assign(**{c: rows[c].to_numpy()[dealt] for c in columns[1:]})


def planted(rows, rng, strength, weeks):
    """Plant labels: a day's luck, which its weather gives away, and effects that move slowly."""
    day = (rows["time"].dt.normalize() - rows["time"].min().normalize()).dt.days.to_numpy()
    # The same seven days in each week, in another order: less chance in the judgement.
    week = norm.ppf((np.arange(7) + 0.5) / 7, scale=2.5)
    luck = np.concatenate([rng.permutation(week) for _ in range(day.max() // 7 + 1)])
    weather = rng.normal(size=(2, len(luck))).round(2)
    hour, delay = (rows["hour"] - 13) / 5, rows["delay_city_3h"].fillna(0).clip(-10, 60) / 20
    passed = np.minimum(day / (7 * weeks), 1)
    moving = hour * (0.8 + 0.4 * passed) + delay * (1.2 - 0.4 * passed)
    logit = strength * moving + luck[day]
    chance = 1 / (1 + np.exp(np.quantile(logit, 1 - rng.uniform(0.12, 0.22)) - logit))
    world = rows.assign(temp=50 + 15 * weather[0][day], pressure=1015 + 8 * weather[1][day])
    world = world.assign(chance=chance, late=rng.random(len(rows)) < chance)
    return world[day < 7 * weeks], world[day >= 7 * (weeks + 1)]


def turn(past, rows):
    late = past["late"].to_numpy().copy()
    late[rows] = ~late[rows]
    return past.assign(late=late)
