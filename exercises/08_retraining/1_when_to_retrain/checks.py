"""A policy lives through seasons whose truth is planted; a model trained too late costs money."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from workbench.authoring import criterion

from _season import (
    LAST,
    LIVE,
    START,
    WEEKS,
    Flights,
    Season,
    bad_weeks,
    calm,
    easier,
    harder,
    late_sudden,
    masked,
    slow,
    sudden,
    twice,
)

LOG = ["week", "since", "drift", "expected", "observed"]


@criterion(points=0, hint="How far from 0 is observed - expected in the calm weeks 1 to 13?")
def rests_when_nothing_changes(learner, world, limits, evidence, notes):
    """Seasons in which nothing changes pass almost without a retraining."""
    seasons = draw(world, notes, "calm", calm, 6)
    plays = [play(learner, season) for season in seasons]

    waste = wasted(plays, evidence)

    evidence.number("calm_waste", waste)
    assert waste <= limits.calm_waste, (
        "Rest while observed and expected cost differ by no more than they do in calm weeks. "
        f"All seasons are calm. {told(plays, lost)} {spent(waste, limits.calm_waste)}"
    )


@criterion(
    points=2,
    requires="rests_when_nothing_changes",
    hint="What is observed - expected of the weeks that the model in service has served?",
)
def recovers_from_a_sudden_change(learner, world, limits, evidence, notes):
    """When lateness suddenly follows other rules, a new model serves soon."""
    seasons = draw(world, notes, "sudden", sudden, 3)
    plays = notes["sudden"] = [play(learner, season) for season in seasons]

    way = gained(plays, evidence)

    evidence.number("sudden_way", way)
    assert way >= limits.sudden_way, (
        f"{slip(plays)} {told(plays, missed)} {scored(way, limits.sudden_way)}"
    )


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
        "say so. Each season has two changes. "
        f"{told(plays, missed)} {scored(way, limits.second_way)}"
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
        "already. Each change takes sixteen weeks. "
        f"{told(plays, missed)} {scored(way, limits.slow_way)}"
    )


@criterion(
    points=2,
    requires="recovers_from_a_sudden_change",
    hint="What does the model in service expect of the weeks in which inputs have moved?",
)
def tells_inputs_from_rules(learner, world, limits, evidence, notes):
    """Other flights come: the model stays while the rules do, and goes when they change as well."""
    alone = [*draw(world, notes, "harder", harder, 2), *draw(world, notes, "easier", easier, 2)]
    both = draw(world, notes, "masked", masked, 2)
    plays = [play(learner, season) for season in alone]
    masks = [play(learner, season) for season in both]

    waste, way = wasted(plays, evidence), gained(masks, evidence)

    evidence.number("inputs_waste", waste)
    evidence.number("masked_way", way)
    advice = (
        "Ask for damage before you retrain: drift says that inputs moved, not that the model got "
        "worse. You retrained before any label of the weeks that moved had arrived."
        if sum(map(is_blind, plays)) * 2 >= len(plays)
        else "Compare the observed cost with the expected one, and allow for chance: hard weeks "
        f"cost more with any model.{doubted(plays)}"
    )
    assert waste <= limits.inputs_waste, (
        f"{advice} {told(plays, lost)} {spent(waste, limits.inputs_waste)}"
    )
    assert way >= limits.masked_way, (
        "Let results decide, whatever the drift: inputs that move prove neither that the rules "
        "changed nor that they stayed. Here easier flights come, and other rules with them, so "
        "the observed cost hardly rises; but it is far above the expected one. "
        f"{told(masks, missed)} {scored(way, limits.masked_way)}"
    )


@criterion(
    points=1,
    requires="recovers_from_a_sudden_change",
    hint="How many weeks must agree before you believe them?",
)
def sits_out_a_bad_week(learner, world, limits, evidence, notes):
    """One bad week, three times in a season, is over before a new model could serve."""
    seasons = draw(world, notes, "bad", bad_weeks, 8)
    plays = [play(learner, season) for season in seasons]

    waste = wasted(plays, evidence)

    evidence.number("bad_waste", waste)
    assert waste <= limits.bad_waste, (
        "Ask for more than one week that agrees, and by more than chance: one bad week is over, "
        f"and no model can win it back. {told(plays, lost)} {spent(waste, limits.bad_waste)}"
    )


@criterion(
    points=2,
    requires="recovers_from_a_sudden_change",
    hint="What does a retraining save until the last week, at best?",
)
def weighs_the_price(learner, world, limits, evidence, notes):
    """Price and weeks left decide: dear and late is left alone, dear and early is done."""
    early = [played.season for played in notes["sudden"]]
    late = draw(world, notes, "late", late_sudden, 2)
    worth = [play(learner, season, season.most_saved / 2) for season in early]
    dear = [play(learner, season, season.most_saved * 3) for season in late]

    waste, way = wasted(dear, evidence), gained(worth, evidence)
    advice = hasty(worth) or (
        "Count all weeks that are left: a dear retraining early in the season pays in the end."
    )

    evidence.number("dear_waste", waste)
    evidence.number("worth_way", way)
    assert waste <= limits.dear_waste, (
        "Retrain only if the loss of a week, times the weeks that are left, is more than the "
        "price. In seasons with a late change, a retraining costs three times as much as the best "
        f"one could save. {told(dear, lost)} {spent(waste, limits.dear_waste)}"
    )
    assert way >= limits.worth_way, (
        f"{advice} Here the best retraining saves twice its price. "
        f"{told(worth, missed)} {scored(way, limits.worth_way)}"
    )


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
    log: pd.DataFrame  # of all weeks, with each result

    @property
    def weekly(self):
        since = self.log["since"][START - 1 :]
        return [self.season.serve(*served)[3] for served in zip(since, LIVE, strict=True)]

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
    served = [(week, 1, *season.serve(1, week)[:3]) for week in range(1, START)]
    since, retrained = 1, []
    for week in LIVE:
        log = pd.DataFrame(served, columns=LOG)
        log["observed"] = log["observed"].where(log["week"].map(season.known) <= week)
        if policy.call("decide", week, log, returns=bool):
            since = week
            retrained.append(week)
        served.append((week, since, *season.serve(since, week)[:3]))
    return Play(season, price, retrained, pd.DataFrame(served, columns=LOG))


def lost(play):
    """Return what a season cost more than with the first model."""
    return play.total - play.season.never


def missed(play):
    """Return what a season cost more than with the plan made in hindsight."""
    return play.total - play.by(play.hindsight)


def wasted(plays, evidence):
    """Return what a season cost more than with the first model, in prices of a retraining."""
    waste = [lost(p) / p.price for p in plays]
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
    return hasty(plays) or "Retrain as soon as the results are clear, and no sooner."


def hasty(plays):
    """Name a retraining before any result of the model from the one before, if there is one."""
    for p in plays:
        for since, week in zip(p.retrained, p.retrained[1:], strict=False):
            if all(p.season.known[served] > week for served in range(since, week)):
                return (
                    "Wait for results of the new model before you judge it. You retrained again "
                    f"in week {week}, before any week of the model from week {since} had labels: "
                    "use only rows whose `since` is the newest."
                )
    return ""


def is_blind(play):
    """Tell whether a retraining came after the inputs moved, but before any label of that."""
    moved = range(play.season.plan.onset, LAST + 1)
    first = min(play.season.known[week] for week in moved)
    return any(moved[0] < week < first for week in play.retrained)


def doubted(plays):
    """Name a retraining though one of the newest two results was no worse than chance."""
    for number, p in enumerate(plays, 1):
        gap = (p.log["observed"] - p.log["expected"]).set_axis(p.log["week"])
        usual, spread = gap.loc[: START - 1].mean(), gap.loc[: START - 1].std()
        for week in p.retrained:
            newest = gap[gap.index.map(p.season.known) <= week].tail(2) - usual
            if newest.min() < spread:
                return (
                    f" In season {number} you retrained in week {week} though observed was within "
                    f"one standard deviation of expected: {newest.min():+.0f} in week "
                    f"{newest.idxmin()}, where calm weeks vary by {spread:.0f}."
                )
    return ""


def told(plays, harm):
    """Tell of the season with the most harm."""
    number, (season, _, retrained, _) = max(enumerate(plays, 1), key=lambda pair: harm(pair[1]))
    bad, begins = WEEKS[season.plan.shock > 0], ""
    if len(bad):
        begins = f"{listed(bad)} were bad, and "
    elif season.plan.onset <= LAST:
        begins = f"the change begins in week {season.plan.onset}, and "
    did = f"you retrained in {listed(retrained)}" if retrained else "you never retrained"
    return f"In the worst of {len(plays)} seasons, number {number}, {begins}{did}."


def listed(weeks):
    return f"week{'s' * (len(weeks) > 1)} {', '.join(map(str, weeks))}"


def spent(waste, limit):
    return f"You wasted {waste:.2f} retrainings a season; the limit is {limit:g}."


def scored(way, limit):
    return (
        f"From the best of never, monthly and weekly to the plan made in hindsight, you came "
        f"{way:.0%} of the way; at least {limit:.0%} is asked for."
    )
