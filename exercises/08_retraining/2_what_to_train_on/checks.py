"""Histories are drawn, so the judge knows which weeks resemble the coming ones, and all costs."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from workbench.authoring import criterion, scenarios

FEATURES = (
    "hour distance temp rain wind visibility delay_origin delay_city delay_carrier delay_dest"
).split()
HISTORIES = 4  # of each kind: one lucky choice pays nothing
ROWS = 220, 261  # flights a week: from, and to below
WEEKS = 17, 24  # of a history, likewise
COMING = 3000  # flights that the chosen weeks' model decides for
LEVEL, SIZE = -3.0, 2.2  # log odds of a flight: where they begin, and how much features move them
HARD, EVEN = 0.3, -LEVEL / SIZE  # where inputs moved: log odds this narrow, and around 0
STRONG = 3  # features whose breaking no way of looking can miss
ASIDE = 1.2  # how far inputs are elsewhere without being harder
NEWEST = 5  # a change is at least so many weeks old


@criterion(points=0, hint="How much does a model change with the rows that it is trained on?")
def keeps_calm_weeks(learner, world, limits, evidence):
    """Where nothing has changed, the model is trained on nearly all weeks."""
    pasts = [draw(world.rng("calm", n)) for n in range(HISTORIES)]
    chosen = ask(learner, pasts)
    advice = (
        f"{why_few(chosen)} Nothing had changed in these histories, so every further week makes "
        "the model better."
    )
    expect_right(pasts, chosen, limits, advice, evidence)


@criterion(points=3, requires="keeps_calm_weeks", hint="Term: concept drift.")
def leaves_out_weeks_before_a_change(learner, world, limits, evidence):
    """Weeks from before a sudden change are left out, all weeks since are used.

    In half of the histories the inputs of all older weeks were elsewhere: that tells nothing.
    """
    pasts = []
    for n in range(HISTORIES):
        rng = world.rng("change", n)
        since = int(rng.integers(10, 13) if n % 2 else rng.integers(6, 8))
        aside = range(-26, -NEWEST) if n < 2 else ()
        pasts.append(draw(rng, other=range(-26, -since), aside=aside))
    chosen = ask(learner, pasts)
    advice = (
        "Leave out the weeks from before a change, and use all since: old weeks teach a relation "
        "between features and label that no longer holds, wherever their inputs are."
    )
    expect_right(pasts, chosen, limits, advice, evidence)


@criterion(
    points=2, requires="leaves_out_weeks_before_a_change", hint="Terms: covariate shift, entropy."
)
def keeps_weeks_whose_inputs_moved(learner, world, limits, evidence):
    """Old weeks of flights that are hard to tell, with the same relation to the label, are used."""
    pasts = [draw(world.rng("moved", n), moved=range(-26, -NEWEST)) for n in range(HISTORIES)]
    chosen = ask(learner, pasts)
    advice = (
        "Compare what features say about the label, not the features themselves, their share of "
        "late flights, or their loss alone: hard flights have a high one from the true "
        "probabilities as well. In the old weeks inputs were elsewhere, and the relation the same."
    )
    expect_right(pasts, chosen, limits, advice, evidence)


@criterion(points=3, requires="leaves_out_weeks_before_a_change", hint="Term: recurring drift.")
def takes_back_an_earlier_season(learner, world, limits, evidence):
    """Where an early relation has returned, the early weeks are used, and those between not."""
    pasts = []
    for n in range(HISTORIES):
        rng = world.rng("season", n)
        pasts.append(draw(rng, other=range(-NEWEST - int(rng.integers(4, 9)), -NEWEST)))
    chosen = ask(learner, pasts)
    advice = (
        "Look at every week by itself, also at those before a change: the earliest weeks had the "
        "relation of the newest ones, those between had another."
    )
    expect_right(pasts, chosen, limits, advice, evidence)


@criterion(points=2, requires="leaves_out_weeks_before_a_change", hint="Print one number a week.")
def leaves_out_broken_weeks(learner, world, limits, evidence):
    """Two broken weeks among older ones are left out, their neighbours and older ones are used."""
    pasts = []
    for n in range(HISTORIES):
        rng = world.rng("broken", n)
        weeks = -6 - 2 * rng.choice(5, 2, replace=False) - rng.integers(2)  # no neighbours
        weeks = weeks.tolist()
        pasts.append(draw(rng, faults=dict(zip(weeks, ["labels", "feature"], strict=True))))
    chosen = ask(learner, pasts)
    advice = (
        "Test every week alone, not in windows of several, and look on behind a broken one: it "
        "spoils the model, though its neighbours and the weeks before it are sound."
    )
    expect_right(pasts, chosen, limits, advice, evidence)


@criterion(points=2, requires="leaves_out_broken_weeks", hint="What do you compare with?")
def mistrusts_the_newest_weeks(learner, world, limits, evidence):
    """A broken week among the newest is left out, and the others are judged rightly."""
    pasts = []
    for n in range(HISTORIES):
        rng = world.rng("newest", n)
        broken = {-int(rng.integers(1, NEWEST + 1)): "labels" if n % 2 else "feature"}
        pasts.append(draw(rng, other=range(-26, -int(rng.integers(8, 12))), faults=broken))
    chosen = ask(learner, pasts)
    advice = (
        "Test the newest weeks among themselves before you compare others with them: one of the "
        f"newest {NEWEST} was broken."
    )
    expect_right(pasts, chosen, limits, advice, evidence)


@dataclass(frozen=True)
class Past:
    """What the learner gets, the weeks that are like the coming ones, and the coming flights."""

    history: pd.DataFrame
    right: list
    coming: np.ndarray
    chance: np.ndarray

    @property
    def weeks(self):
        return self.history["week"].unique().tolist()

    def cost(self, weeks):
        """Return the expected cost, per 1,000 coming flights, of a model from these weeks."""
        rows = self.history[self.history["week"].isin(weeks)]
        model = LogisticRegression(solver="newton-cholesky")
        model.fit(rows[FEATURES].to_numpy(), rows["late"].to_numpy())
        decided = model.predict_proba(self.coming)[:, 1] >= 1 / 6
        return scenarios.decision_cost(self.chance, decided)


def draw(rng, other=(), moved=(), aside=(), faults=()):
    """Draw a history; weeks are counted from its end: -1 is the newest.

    `other` weeks have another relation, `moved` ones other inputs, which are hard to tell; those
    of weeks `aside` are elsewhere, and no easier or harder. `faults` gives, by week, what is
    broken: the labels, or a feature.
    """
    count, first = int(rng.integers(*WEEKS)), int(rng.integers(100, 900))
    now = tilted(rng, 0, np.zeros(len(FEATURES)))
    before = tilted(rng, -rng.uniform(0.6, 0.85), now)  # it contradicts in many ways
    week = np.repeat(np.arange(-count, 0), rng.integers(*ROWS, count))
    inputs = rng.normal(size=(len(week), len(FEATURES)))
    away = EVEN + (HARD - 1) * (inputs @ now)
    inputs += np.isin(week, list(moved))[:, None] * (np.outer(away, now) + tilted(rng, 0, now))
    inputs += np.isin(week, list(aside))[:, None] * ASIDE * beside(rng, now, before)
    was = np.isin(week, list(other))
    late = rng.random(len(week)) < np.where(was, chance_of(inputs, before), chance_of(inputs, now))
    strong = np.argsort(-np.abs(now))[:STRONG]
    for broken, what in dict(faults).items():
        damage(inputs, late, week == broken, None if what == "labels" else rng.choice(strong))
    history = pd.DataFrame(inputs, columns=FEATURES).assign(late=late)
    history.insert(0, "week", week + first + count)
    right = [w + first + count for w in range(-count, 0) if w not in other and w not in faults]
    coming = rng.normal(size=(COMING, len(FEATURES)))
    return Past(history, right, coming, chance_of(coming, now))


def chance_of(inputs, relation):
    return 1 / (1 + np.exp(-LEVEL - SIZE * (inputs @ relation)))


def tilted(rng, cosine, towards):
    """Draw a direction of features, at an angle to another one."""
    drawn = rng.normal(size=len(FEATURES))
    across = drawn - (drawn @ towards) * towards
    return cosine * towards + (1 - cosine**2) ** 0.5 * across / np.linalg.norm(across)


def beside(rng, *ways):
    """Draw a direction of features at right angles to others: along it, no flight becomes later."""
    basis = np.linalg.qr(np.transpose(ways))[0]
    drawn = rng.normal(size=len(FEATURES))
    across = drawn - basis @ (basis.T @ drawn)
    return across / np.linalg.norm(across)


def damage(inputs, late, rows, column):
    """Turn the labels of some rows, or give one column in seconds instead of minutes."""
    if column is None:
        late[rows] = ~late[rows]
    else:
        inputs[rows, column] *= 60


def ask(learner, pasts):
    """Ask for the weeks of each history."""
    answers = [learner.call("choose_weeks", past.history, returns=list) for past in pasts]
    for past, answer in zip(pasts, answers, strict=True):
        assert answer, "Choose at least one week: an empty list was returned, and no model starts."
        known = past.weeks
        weeks = {week for week in answer if type(week) is int and week in known}
        assert len(answer) == len(weeks), (
            "Return week numbers of `history` as int, each once. Of "
            f"{len(answer)} values returned, {len(weeks)} are different weeks of the history, "
            f"which runs from {known[0]} to {known[-1]}."
        )
    return answers


def expect_right(pasts, chosen, limits, advice, evidence):
    """Expect nearly all weeks that are right, and hardly any other."""
    pairs = [(set(past.right), set(weeks)) for past, weeks in zip(pasts, chosen, strict=True)]
    right, used = sum(len(r) for r, _ in pairs), sum(len(r & mine) for r, mine in pairs)
    others, strays = sum(len(p.weeks) for p in pasts) - right, sum(len(c - r) for r, c in pairs)
    costs = show(pasts, chosen, evidence)
    evidence.number("used", used / right)
    evidence.number("strays", strays)
    enough = math.ceil(limits.used * right)
    fits = used >= enough and strays <= limits.strays
    wrong = f", and {strays} of the {others} others; the limit is {limits.strays:.0f}"
    assert fits, (
        f"{advice} In {len(pasts)} histories, you used {used} of the {right} weeks that are like "
        f"the coming ones; at least {enough} are asked for{wrong if others else ''}. The model "
        f"from your weeks costs {costs['your weeks']:.0f} per 1,000 coming flights, that from the "
        f"right ones {costs['right weeks']:.0f}."
    )


def show(pasts, chosen, evidence):
    """Show the costs that follow from the choice, and the weeks of one history; return costs."""
    costs = []
    for past, weeks in zip(pasts, chosen, strict=True):
        sets = {"all weeks": past.weeks, "your weeks": weeks, "right weeks": past.right}
        costs.append({name: past.cost(some) for name, some in sets.items()})
    mean = pd.DataFrame(costs).mean().to_dict()
    evidence.bars("Cost of the coming weeks, by training weeks", mean, unit="per 1,000 flights")
    rows = [[w in weeks for w in pasts[0].weeks] for weeks in (pasts[0].right, chosen[0])]
    labels = [str(week) for week in pasts[0].weeks]
    evidence.matrix("Weeks of the first history", ["right", "yours"], labels, rows)
    return mean


def why_few(chosen):
    """Name what leads to too few weeks."""
    sizes = {len(weeks) for weeks in chosen}
    fixed = "Look at the weeks before you decide how many to use: you took {} from each history. "
    return (fixed.format(*sizes) if len(sizes) == 1 else "") + (
        "Leave weeks out for evidence, not for luck: a model from few weeks looks best on rows "
        "that it was trained on, and the cost of a single week is mostly noise."
    )
