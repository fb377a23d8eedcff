"""A policy lives through seasons whose truth is planted; a model trained too late costs money."""

from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from workbench.authoring import criterion, scenarios

NUMBERS = ["hour", "distance", "delay_city_3h"]
COLUMNS = [*NUMBERS, "origin"]
LOG = ["week", "since", "drift", "expected", "observed"]
FLIGHTS = 1500  # a week
FIRST, START, LAST = -2, 14, 37  # weeks: first with data, first Monday, last
NEWEST = 3  # labelled weeks to train on
AT = 1 / 6  # where an alarm begins to pay: a miss costs 5, a false alarm 1
LIVE = range(START, LAST + 1)
WEEKS = np.arange(FIRST, LAST + 1)


@criterion(points=0, hint="How far from 0 is observed - expected in the calm weeks 1 to 13?")
def rests_when_nothing_changes(learner, world, limits, evidence, notes):
    """Seasons in which nothing changes pass almost without a retraining."""
    seasons = draw(world, notes, "calm", calm, 3)
    plays = [play(learner, season) for season in seasons]

    waste = wasted(plays, evidence)

    evidence.number("calm_waste", waste)
    assert waste <= limits.calm_waste, (
        "Rest while observed and expected cost differ by no more than they do in calm weeks. "
        f"{len(plays)} seasons were calm. {told(plays)} {spent(waste, limits.calm_waste)}"
    )


@criterion(
    points=3,
    requires="rests_when_nothing_changes",
    hint="What is observed - expected of the weeks that the model in service has served?",
)
def recovers_from_a_sudden_change(learner, world, limits, evidence, notes):
    """When lateness suddenly follows other rules, a new model serves soon, and only once."""
    seasons = draw(world, notes, "sudden", sudden, 3)
    plays = notes["sudden"] = [play(learner, season) for season in seasons]

    way = gained(plays, evidence)

    evidence.number("sudden_way", way)
    assert way >= limits.sudden_way, f"{slip(plays)} {told(plays)} {scored(way, limits.sudden_way)}"


@criterion(
    points=2,
    requires="recovers_from_a_sudden_change",
    hint="With what do you compare the results of the second model?",
)
def recovers_from_a_second_change(learner, world, limits, evidence, notes):
    """A season with two changes sees a new model after each."""
    seasons = draw(world, notes, "twice", twice, 3)
    plays = [play(learner, season) for season in seasons]

    way = gained(plays, evidence)

    evidence.number("second_way", way)
    assert way >= limits.second_way, (
        "Go on watching after a retraining: the next model wears out, too, and its own results "
        f"say so. Each season has two changes. {told(plays)} {scored(way, limits.second_way)}"
    )


@criterion(
    points=1,
    requires="recovers_from_a_second_change",
    hint="Is what you compare with still what it was in calm weeks?",
)
def follows_a_slow_change(learner, world, limits, evidence, notes):
    """A change that takes sixteen weeks is seen, though each week brings little of it."""
    seasons = draw(world, notes, "slow", slow, 2)
    plays = [play(learner, season, season.most_saved / 4) for season in seasons]

    way = gained(plays, evidence)

    evidence.number("slow_way", way)
    assert way >= limits.slow_way, (
        "Compare with calm weeks, not with last month: in a slow change, last month was bad "
        f"already. Each change takes sixteen weeks. {told(plays)} {scored(way, limits.slow_way)}"
    )


@criterion(
    points=1,
    requires="recovers_from_a_sudden_change",
    hint="What does the model in service expect of the weeks in which inputs have moved?",
)
def leaves_loud_inputs_alone(learner, world, limits, evidence, notes):
    """Other flights come, late ones among them, and the model knows them: nothing to repair."""
    seasons = draw(world, notes, "inputs", inputs, 2)
    plays = [play(learner, season) for season in seasons]

    waste = wasted(plays, evidence)

    evidence.number("inputs_waste", waste)
    early = [p for p in plays if any(0 < week - p.season.plan.onset < 3 for week in p.retrained)]
    advice = (
        "Ask for damage before you retrain: drift says that inputs moved, not that the model got "
        "worse. You retrained before any label of the weeks that moved had arrived."
        if len(early) * 2 > len(plays)
        else "Compare the observed cost with the expected one: hard weeks cost more with any model."
    )
    assert waste <= limits.inputs_waste, (
        f"{advice} {told(plays)} {spent(waste, limits.inputs_waste)}"
    )


@criterion(
    points=1,
    requires="recovers_from_a_sudden_change",
    hint="How many weeks must agree before you believe them?",
)
def sits_out_a_bad_week(learner, world, limits, evidence, notes):
    """One bad week, three times in a season, is over before a new model could serve."""
    seasons = draw(world, notes, "bad", bad_weeks, 3)
    plays = [play(learner, season) for season in seasons]

    waste = wasted(plays, evidence)

    evidence.number("bad_waste", waste)
    assert waste <= limits.bad_waste, (
        "Ask for a second week that agrees: one bad week is over, and no model can win it back. "
        f"In the first season, {listed(WEEKS[plays[0].season.plan.shock > 0])} were bad. "
        f"{told(plays)} {spent(waste, limits.bad_waste)}"
    )


@criterion(
    points=2,
    requires="recovers_from_a_sudden_change",
    hint="What does a retraining save until the last week, at best?",
)
def weighs_the_price(learner, world, limits, evidence, notes):
    """Price and weeks left decide: dear and late is left alone, dear and early is done."""
    early = [played.season for played in notes["sudden"][:2]]
    late = draw(world, notes, "late", late_sudden, 2)
    worth = [play(learner, season, season.most_saved / 2) for season in early]
    dear = [play(learner, season, season.most_saved * 3) for season in late]

    waste, way = wasted(dear, evidence), gained(worth, evidence)

    evidence.number("dear_waste", waste)
    evidence.number("worth_way", way)
    assert waste <= limits.dear_waste, (
        "Retrain only if the loss of a week, times the weeks that are left, is more than the "
        "price. In seasons with a late change, a retraining costs three times as much as the best "
        f"one could save. {told(dear)} {spent(waste, limits.dear_waste)}"
    )
    assert way >= limits.worth_way, (
        "Count all weeks that are left: a dear retraining early in the season pays in the end. "
        f"Here the best one saves twice its price. {told(worth)} {scored(way, limits.worth_way)}"
    )


class Plan(NamedTuple):
    """What happens in a season: the first week of it, and three strengths by week."""

    onset: int = LAST + 1
    turn: np.ndarray = 0.0 * WEEKS  # of the rules, in radians: at 90 degrees they are others
    shock: np.ndarray = 0.0 * WEEKS  # in logits, for every flight
    tilt: np.ndarray = 0.0 * WEEKS  # towards later flights and those that nobody is sure of


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


def inputs(rng):
    onset = rng.integers(17, 23)
    return Plan(onset, tilt=rng.uniform(0.7, 0.9) * (onset <= WEEKS))


def bad_weeks(rng):
    bad = rng.integers(17, 22) + np.array([0, 7, 14])
    return Plan(bad[0], shock=1.4 * np.isin(WEEKS, bad))


class Flights:
    """Real flights, as a model sees them, and four sets of rules by which they could be late."""

    def __init__(self, world):
        rng = world.rng("flights")
        weeks = rng.choice(np.arange(1, 53), 8, replace=False)
        rows = pd.concat([world.week(int(week), COLUMNS, 2000) for week in weeks])
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
        self.rows, self.chance, self.late, self.bins = {}, {}, {}, {}
        for week, turn, shock, tilt in zip(WEEKS.tolist(), *plan[1:], strict=True):
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
        self.models = {}

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


def fit(rows, late):
    """Fit a logistic regression by Newton's method, with a light penalty."""
    # Five steps from 0 are exact to three digits; from other weights they may diverge.
    weights, penalty = np.zeros(rows.shape[1]), 0.1 * np.eye(rows.shape[1])
    for _ in range(5):
        p = expit(rows @ weights)
        curve = (rows * (p * (1 - p))[:, None]).T @ rows + penalty
        weights = weights + np.linalg.solve(curve, rows.T @ (late - p) - penalty @ weights)
    return weights


def draw(world, notes, name, plan, count):
    """Draw seasons; those of all checks share their flights."""
    if "flights" not in notes:
        notes["flights"] = Flights(world)
    rngs = [world.rng(name, number) for number in range(count)]
    return [Season(notes["flights"], plan(rng), rng) for rng in rngs]


class Play(NamedTuple):
    """A season, the Mondays on which the learner's policy retrained, and what all that cost."""

    season: Season
    price: int
    retrained: list
    weekly: list

    @property
    def total(self):
        return sum(self.weekly) + self.price * len(self.retrained)

    @property
    def hindsight(self):
        """The Mondays of the cheapest plan."""
        return self.season.cheapest(self.price)

    def by(self, mondays):
        """Return what the season costs when these Mondays see a retraining."""
        return float(self.season.weekly(mondays).sum()) + self.price * len(mondays)


def play(learner, season, price=None):
    """Ask the policy each Monday; its answers decide which model serves, and so what it sees."""
    price = round(price or season.price)
    policy = learner.new("RetrainPolicy", price, LAST)
    served = [(week, 1, *season.serve(1, week)) for week in range(1, START)]
    since, retrained = 1, []
    for week in LIVE:
        *columns, _ = map(np.array, zip(*served, strict=True))
        log = dict(zip(LOG, columns, strict=True))
        there = [season.known[w] <= week for w, *_ in served]
        log["observed"] = np.where(there, log["observed"], np.nan)
        if policy.call("decide", week, pd.DataFrame(log), returns=bool):
            since = week
            retrained.append(week)
        served.append((week, since, *season.serve(since, week)))
    return Play(season, price, retrained, [row[-1] for row in served[START - 1 :]])


def wasted(plays, evidence):
    """Return what a season cost more than with the first model, in prices of a retraining."""
    waste = [(p.total - p.season.never) / p.price for p in plays]
    bars = {f"season {number}": value for number, value in enumerate(waste, 1)}
    evidence.bars("Wasted, in prices of one retraining", bars, unit="prices")
    return float(np.mean(waste))


def gained(plays, evidence):
    """Return the share of the way from the best simple rule to the plan made in hindsight."""
    rules = {"never": (), "each month": LIVE[4::4], "each week": LIVE}
    totals = {name: sum(p.by(mondays) for p in plays) for name, mondays in rules.items()}
    best = min(totals.values())
    yours, least = sum(p.total for p in plays), sum(p.by(p.hindsight) for p in plays)
    bars = {**totals, "yours": yours, "in hindsight": least}
    evidence.bars("Cost of all seasons, retrainings included", bars)
    first = plays[0].season
    evidence.lines(
        f"Cost of each week, first season: rules change in week {first.plan.onset}",
        LIVE,
        {
            "never": first.weekly(()),
            "yours": plays[0].weekly,
            "hindsight": first.weekly(plays[0].hindsight),
        },
        x_label="week",
        y_label="cost",
    )
    return (best - yours) / (best - least)


def slip(plays):
    """Say what went wrong, judged by when there were retrainings."""
    count, best = (
        np.mean([len(mondays) for mondays in of])
        for of in ([p.retrained for p in plays], [p.hindsight for p in plays])
    )
    if count < best / 2:
        return (
            "Retrain when the observed cost stays above the expected one; you rarely did. Weeks "
            "whose labels have not arrived say nothing: their observed cost is missing, not 0."
        )
    if count >= best + 2:
        return (
            "Wait for the results of the new model before you judge it: what arrives in its first "
            "two weeks belongs to the model before."
        )
    return "Retrain as soon as the results are clear."


def told(plays):
    season, _, retrained, _ = plays[0]
    changes = season.plan.onset <= LAST and not season.plan.shock.any()
    begins = f"the change begins in week {season.plan.onset}, and " if changes else ""
    did = f"you retrained in {listed(retrained)}" if retrained else "you never retrained"
    return f"In the first of {len(plays)} seasons, {begins}{did}."


def listed(weeks):
    return f"week{'s' * (len(weeks) > 1)} {', '.join(map(str, weeks))}"


def spent(waste, limit):
    return f"You wasted {waste:.2f} retrainings a season; the limit is {limit:g}."


def scored(way, limit):
    return (
        f"From the best of never, monthly and weekly to the plan made in hindsight, you came "
        f"{way:.0%} of the way; at least {limit:.0%} is asked for."
    )
