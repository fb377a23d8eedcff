"""Weeks of a city whose chances of being late are known, and how they move."""

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from workbench.authoring import scenarios

COLUMNS = ["origin", "hour", "distance", "delay_city_3h"]
ROWS, REFERENCE = 1000, 13  # flights a week, and weeks
AT = 1 / 6  # the desk's threshold
DAYS = 0.45  # spread of what the flights of a day share, in log odds
NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
WEIGHTS = _WEIGHTS / _WEIGHTS.sum()  # a normal distribution in nine points
DESKS = [0.1, 0.2, 0.45, 0.8, 1.0]  # DAYS of each: one width does not suit all
PLAN = ["calm", "dear", "calm", "cheap", "calm"]
DRIFTS = {  # how far the cost moves, in noises of a week
    "more flights of one airport are late": 5,
    "other flights are late, and as many": 5,
    "more flights are late": 5,
    "fewer flights are late": -4,
}
LABELLED, LEARNT = 2, 7  # weeks after a change: its first labels are there; six weeks of them are


class City(NamedTuple):
    """Real flights with planted chances of being late, and other mixes of them."""

    flights: pd.DataFrame
    chance: np.ndarray
    mixes: list  # how likely each flight comes, from the cheapest mix to the dearest


class Week(NamedTuple):
    """What a week holds and cost, and what it costs on average, give or take the noise."""

    kind: str
    since: int  # weeks of this kind before it
    batch: pd.DataFrame
    late: np.ndarray
    cost: float
    mean: float
    noise: float

    @property
    def number(self):
        return int(self.batch["week"].iloc[0])


def draw_city(world):
    """Plant a relation on three weeks of real flights, and find mixes that move the cost."""
    rng = world.rng("city")
    first = int(rng.integers(1, 50))
    flights = world.flights.read(COLUMNS, range(first, first + 3))
    some = flights.iloc[:: len(flights) // 1500]
    chance = scenarios.Relation.draw(some, rng, rate=0.18, auc=0.8).probability(flights)
    shifts = [scenarios.CovariateShift(c, tilt) for c in COLUMNS[1:] for tilt in (3.5, -3.5)]
    weights = [shift.weigh(flights, np.ones(len(flights)), 1.0) for shift in shifts]
    triples = [np.prod(three, axis=0) for three in combinations(weights, 3)]
    mixes = [triple / triple.sum() for triple in triples]
    cost = mean_costs(chance, chance > 0.3)  # a model that says too little alarms from there on
    return City(flights, chance, sorted(mixes, key=lambda mix: mix @ cost))


def draw_desk(city, rng, drift="", days=DAYS):
    """Draw the reference of a desk whose model says too little, and the weeks after it."""
    p = expit(rng.uniform(-0.8, -0.35) + rng.uniform(0.95, 1.5) * logit(city.chance))
    mixes = {"dear": city.mixes[-rng.integers(1, 4)], "cheap": city.mixes[rng.integers(3)]}
    plan = zip(PLAN, rng.integers(3, 5, len(PLAN)), strict=True)
    if drift:
        plan = [("calm", rng.integers(2, 9)), ("drifted", LEARNT + 3)]
    start = int(rng.integers(1, 30))
    past, late, _ = draw_flights(city, rng, p, city.chance, days, start, REFERENCE)
    start, weeks = start + REFERENCE, []
    for kind, count in plan:
        chance = drift_of(city, rng, p, drift) if kind == "drifted" else city.chance
        run = draw_flights(city, rng, p, chance, days, start, int(count), mixes.get(kind))
        weeks += [cut_week(kind, n, days, *run) for n in range(count)]
        start += int(count)
    return past.assign(late=late), weeks


def draw_flights(city, rng, p, chance, days, start, weeks, mix=None):
    """Draw weeks of flights, with labels that the flights of a day have partly in common."""
    rows = rng.choice(len(p), weeks * ROWS, p=mix)
    day = np.sort(rng.integers(7, size=(weeks, ROWS)) + 7 * np.arange(weeks)[:, None]).ravel()
    swing = rng.normal(0, days, 7 * weeks)[day]
    late = rng.random(len(rows)) < expit(logit(chance[rows]) + swing)
    when = {"week": start + day // 7, "day": 7 * start + day}
    drawn = city.flights.iloc[rows].reset_index(drop=True)
    return pd.concat([pd.DataFrame(when), drawn], axis=1).assign(p=p[rows]), late, chance[rows]


def cut_week(kind, number, days, flights, late, chance):
    """Cut one week out of several, and work out what it costs."""
    here = slice(number * ROWS, (number + 1) * ROWS)
    batch = flights[here].reset_index(drop=True)
    alarm, day = batch["p"].to_numpy() >= AT, batch["day"].to_numpy() % 7
    cost = scenarios.decision_cost(late[here], alarm)
    return Week(
        kind, number, batch, late[here], cost, *mean_and_noise(chance[here], alarm, day, days)
    )


def drift_of(city, rng, p, drift):
    """Move the chances so far that the cost moves by so many times the noise of a week."""
    airport, order, alarm = rng.choice(["EWR", "JFK", "LGA"]), np.argsort(city.chance), p >= AT
    swapped = np.empty(len(p))
    swapped[order] = city.chance[order[::-1]]
    of_airport = np.where(city.flights["origin"] == airport, 1.0, city.chance)
    end = dict(zip(DRIFTS, [of_airport, swapped, 1.0, 0.0], strict=True))[drift]
    rows = rng.choice(len(p), ROWS)
    noise = mean_and_noise(city.chance[rows], alarm[rows], np.arange(ROWS) % 7)[1]
    way = 1000 * (mean_costs(end, alarm) - mean_costs(city.chance, alarm)).mean()
    return city.chance + min(DRIFTS[drift] * noise / way, 0.85) * (end - city.chance)


def mean_costs(chance, alarm):
    """Return what each flight costs on average."""
    return np.where(alarm, 1 - chance, 5 * chance)


def mean_and_noise(chance, alarm, day, days=DAYS):
    """Return mean and spread of a week's cost per 1,000 flights; days are drawn, too."""
    late, alarm = expit(logit(chance)[:, None] + days * NODES), alarm[:, None]
    sums = (day == np.arange(7)[:, None]).astype(float) @ mean_costs(late, alarm)
    mean = sums @ WEIGHTS
    common = ((sums - mean[:, None]) ** 2 @ WEIGHTS).sum()
    alone = (np.where(alarm, 1, 25) * late * (1 - late) @ WEIGHTS).sum()
    return 1000 * mean.sum() / len(day), 1000 * (common + alone) ** 0.5 / len(day)


def expit(x):
    return 1 / (1 + np.exp(-x))


def logit(chance):
    return np.log(chance / (1 - chance))
