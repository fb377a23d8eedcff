"""Seasons of flights whose lateness is planted, models trained on them, and what they cost."""

from functools import cached_property
from typing import NamedTuple

import numpy as np

from workbench.authoring import scenarios

NUMBERS = ["hour", "distance", "delay_city_3h"]
COLUMNS = [*NUMBERS, "origin"]
FLIGHTS = 1500  # a week
FIRST, START, LAST = -2, 14, 37  # weeks: first with data, first Monday, last
NEWEST = 3  # labelled weeks to train on
AT = 1 / 6  # where an alarm begins to pay: a miss costs 5, a false alarm 1
LIVE = range(START, LAST + 1)
WEEKS = np.arange(FIRST, LAST + 1)


class Plan(NamedTuple):
    """What happens in a season: the first week of it, and three strengths by week."""

    onset: int = LAST + 1
    turn: np.ndarray = 0.0 * WEEKS  # of the rules, in radians: at 90 degrees they are others
    shock: np.ndarray = 0.0 * WEEKS  # in logits, for every flight
    tilt: np.ndarray = 0.0 * WEEKS  # towards later flights and those that nobody is sure of
    masked: bool = False  # the tilt hides from the costs what the turn does


def calm(_):
    return Plan()


def sudden(rng, low=17, high=24):
    onset = rng.integers(low, high)
    return Plan(onset, rng.uniform(1.1, 1.5) * (onset <= WEEKS))


def late_sudden(rng):
    return sudden(rng, 30, 32)


def twice(rng):
    onset = rng.integers(16, 19)
    again = onset + rng.integers(8, 11)
    return Plan(onset, rng.uniform(0.9, 1.1) * ((onset <= WEEKS) + 1.6 * (again <= WEEKS)))


def slow(rng):
    onset = rng.integers(14, 18)
    return Plan(onset, rng.uniform(1.2, 1.5) * ((WEEKS - onset + 1) / 16).clip(0, 1))


def harder(rng):
    onset = rng.integers(17, 23)
    return Plan(onset, tilt=rng.uniform(0.7, 0.9) * (onset <= WEEKS))


def easier(rng):
    plan = harder(rng)
    return plan._replace(tilt=-plan.tilt)


def masked(rng):
    onset = rng.integers(17, 22)
    return Plan(onset, rng.uniform(1, 1.1) * (onset <= WEEKS), masked=True)


def bad_weeks(rng):
    bad = rng.integers(17, 22) + np.array([0, 7, 14])
    return Plan(bad[0], shock=1.4 * np.isin(WEEKS, bad))


class Flights:
    """Real flights, as a model sees them, and four sets of rules by which they could be late."""

    def __init__(self, world):
        rng = world.rng("flights")
        weeks = rng.choice(np.arange(1, 53), 8, replace=False)
        rows = world.weeks(weeks, COLUMNS, 2000)
        rows = rows.sample(frac=1, random_state=rng).reset_index(drop=True)
        numbers = rows[NUMBERS]
        step = np.tanh((numbers - numbers.mean()) / numbers.std()).fillna(0).to_numpy()
        pairs = step * np.roll(step, 1, axis=1)
        missing = numbers.isna().any(axis=1)
        origins = [rows["origin"] == origin for origin in ("EWR", "JFK")]
        self.features = np.column_stack(
            [np.ones(len(rows)), step, step**2, pairs, missing, *origins]
        ).astype(float)
        self.rules = [self._rule(rows, rng) for _ in range(3)]
        bins = [numbers[c].rank(pct=True).mul(9.99).fillna(10).astype(int) for c in NUMBERS]
        self.bins = np.column_stack([*bins, 2 * origins[0] + origins[1]]) + 11 * np.arange(4)

    @staticmethod
    def _rule(rows, rng):
        relation = scenarios.Relation.draw(rows[:2000], rng, rate=0.2, auc=0.78)
        p = relation.probability(rows)
        return np.log(p / (1 - p))


class Season:
    """Flights with planted lateness, models trained on it, and what they cost."""

    def __init__(self, flights, plan, rng):
        self.plan, self.price = plan, int(rng.integers(400, 601))
        old, new = (flights.rules[i] for i in rng.permutation(3)[:2])
        level, old, new = old.mean(), old - old.mean(), new - new.mean()
        new = new - old * (new @ old) / (old @ old)  # what the old rules don't say
        new *= old.std() / new.std()
        p = expit(level + old)
        push = 4.5 * scenarios.flight_costs(p, p >= AT) + flights.features[:, 1]
        tilts = plan.tilt
        if plan.masked:
            turn = plan.turn.max()
            after = expit(level + np.cos(turn) * old + np.sin(turn) * new)
            tilts = mask(push, p, after) * (plan.turn > 0)
        self.rows, self.chance, self.late, self.bins = {}, {}, {}, {}
        for week, turn, shock, tilt in zip(WEEKS.tolist(), *plan[1:3], tilts, strict=True):
            rows = rng.integers(len(old), size=FLIGHTS)
            if tilt:
                weight = np.exp(tilt * push)
                rows = rng.choice(len(old), FLIGHTS, p=weight / weight.sum())
            odds = level + np.cos(turn) * old[rows] + np.sin(turn) * new[rows]
            self.rows[week] = flights.features[rows]
            self.chance[week] = expit(odds + shock + rng.normal(0, 0.06))
            self.late[week] = rng.random(FLIGHTS) < self.chance[week]
            self.bins[week] = np.bincount(flights.bins[rows].ravel(), minlength=44) + 0.5
        late_labels = (rng.random(len(WEEKS)) < 0.1) & (WEEKS >= START)
        self.known = dict(zip(WEEKS, WEEKS + 2 + late_labels, strict=True))
        self.models, self.served = {}, {}

    def train(self, since):
        """Fit a logistic regression to the newest labelled weeks; the first model is of week 1."""
        if since not in self.models:
            weeks = [w for w in WEEKS if self.known[w] <= since][-NEWEST:]
            weeks = weeks if since > 1 else WEEKS[:NEWEST]
            rows = np.concatenate([self.rows[w] for w in weeks])
            late = np.concatenate([self.late[w] for w in weeks])
            before = sum(self.bins[w] for w in weeks) / NEWEST
            self.models[since] = fit(rows, late), before
        return self.models[since]

    def serve(self, since, week):
        """Return what the log tells of a week, and what the week truly costs."""
        if (since, week) not in self.served:
            self.served[since, week] = self._serve(since, week)
        return self.served[since, week]

    def _serve(self, since, week):
        weights, before = self.train(since)
        guess = expit(self.rows[week] @ weights)
        lates = (guess, self.late[week], self.chance[week])
        sums = [scenarios.flight_costs(late, guess >= AT).sum() for late in lates]
        moved = (self.bins[week] - before) * np.log(self.bins[week] / before) / FLIGHTS
        return [float(moved.reshape(4, 11).sum(axis=1).max()), *map(float, sums)]

    @cached_property
    def table(self):
        """True cost of each model (the first, then one a Monday) in each week of the season."""
        weights = np.column_stack([self.train(since)[0] for since in (1, *LIVE)])
        table = np.empty((1 + len(LIVE), len(LIVE)))
        for i, week in enumerate(LIVE):
            late, yes = self.chance[week], expit(self.rows[week] @ weights) >= AT
            table[:, i] = 5 * late.sum() + (1 - 6 * late) @ yes
        return table

    @cached_property
    def never(self):
        return sum(self.serve(1, week)[3] for week in LIVE)

    @property
    def most_saved(self):
        """What the best single retraining saves, its price aside."""
        return max((self.table[0] - self.table[i + 1])[i:].sum() for i in range(len(LIVE)))

    def weekly(self, mondays):
        """Return the true cost of each week when these Mondays see a retraining."""
        since = [
            max([i + 1 for i, w in enumerate(LIVE[: k + 1]) if w in mondays], default=0)
            for k in range(len(LIVE))
        ]
        return self.table[since, np.arange(len(LIVE))]

    def cheapest(self, price):
        """Return the Mondays of the cheapest plan, known in hindsight only."""
        ahead = {LAST + 1: (0.0, ())}  # from a Monday with a retraining on: cost and Mondays
        for row, since in reversed([*enumerate((START - 1, *LIVE))]):
            first = max(since, START)
            served = np.r_[0, self.table[row, first - START :].cumsum()]
            plans = [
                (served[week - first] + ahead[week][0], ahead[week][1])
                for week in range(since + 1, LAST + 2)
            ]
            cost, mondays = min(plans)
            ahead[since] = cost + price, (since, *mondays)
        return ahead[START - 1][1][1:]


def expit(odds):
    return 1 / (1 + np.exp(-odds))


def mask(push, before, after):
    """Return the tilt with which other rules let the old decisions cost little more than before.

    Harder flights alone cost more, so nobody finds the changes by the observed cost.
    """
    costs, usual = (scenarios.flight_costs(p, before >= AT) for p in (after, before))
    tilts = np.linspace(-1.7, -0.4, 27)
    weights = np.exp(np.outer(tilts, push))
    rise = weights @ costs / weights.sum(axis=1) / usual.mean()
    return tilts[np.abs(rise - 1.15).argmin()]


def fit(rows, late):
    """Fit a logistic regression by Newton's method, with a light penalty."""
    # Five steps from 0 are exact to three digits; from other weights they may diverge.
    weights, penalty = np.zeros(rows.shape[1]), 0.1 * np.eye(rows.shape[1])
    for _ in range(5):
        p = expit(rows @ weights)
        curve = (rows * (p * (1 - p))[:, None]).T @ rows + penalty
        weights = weights + np.linalg.solve(curve, rows.T @ (late - p) - penalty @ weights)
    return weights
