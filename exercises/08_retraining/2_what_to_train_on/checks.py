"""Histories are drawn, so the judge knows which weeks resemble the coming ones, and all costs."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from workbench.authoring import criterion, scenarios

FEATURES = (
    "hour distance temp rain wind visibility delay_origin delay_city delay_carrier delay_dest"
).split()
HISTORIES = 4  # of each kind: one lucky choice pays nothing
ROWS = 90, 131  # flights a week: from, and to below
SHORT, LONG = (11, 15), (17, 24)  # weeks of a history, likewise
COMING = 3000  # flights that the chosen weeks' model decides for
LEVEL, SIZE = -1.9, 2.0  # log odds of a flight: where they begin, and how much features move them
RECENT = 4  # the last month
NEWEST = 5  # a change is at least so many weeks old


@criterion(points=0, hint="How much does a model change with the rows that it is trained on?")
def keeps_calm_weeks(learner, world, limits, evidence):
    """Where nothing has changed, the model is trained on nearly all weeks."""
    pasts = [draw(world.rng("calm", n)) for n in range(HISTORIES)]
    chosen = ask(learner, pasts)
    share = gained(pasts, chosen, "Nothing has changed", evidence)
    evidence.number("calm", share)
    assert share >= limits.calm, (
        f"{why_few(chosen)} Nothing had changed in these histories, so every further week makes "
        f"the model better. {told(pasts, chosen, share)}; at least {limits.calm:.0%} is asked for."
    )


@criterion(points=3, requires="keeps_calm_weeks", hint="Term: concept drift.")
def leaves_out_weeks_before_a_change(learner, world, limits, evidence):
    """Weeks from before a sudden change are left out, all weeks since are used."""
    pasts = []
    for n in range(HISTORIES):
        rng = world.rng("change", n)
        since = int(rng.integers(10, 13) if n % 2 else rng.integers(6, 8))
        pasts.append(draw(rng, other=range(-26, -since)))
    chosen = ask(learner, pasts)
    share = gained(pasts, chosen, "A sudden change", evidence)
    evidence.number("changed", share)
    assert share >= limits.changed, (
        "Leave out the weeks from before a change, and use all since: old weeks teach a relation "
        f"between features and label that no longer holds. {told(pasts, chosen, share)}; at least "
        f"{limits.changed:.0%} is asked for."
    )


@criterion(points=2, requires="leaves_out_weeks_before_a_change", hint="Term: covariate shift.")
def keeps_weeks_whose_inputs_moved(learner, world, limits, evidence):
    """Old weeks with other inputs, but the same relation to the label, are used."""
    pasts = []
    for n in range(HISTORIES):
        rng = world.rng("moved", n)
        pasts.append(draw(rng, moved=range(-26, -NEWEST)))
    chosen = ask(learner, pasts)
    share = gained(pasts, chosen, "Only the inputs moved", evidence)
    evidence.number("moved", share)
    assert share >= limits.moved, (
        "Compare what features say about the label, not the features themselves, their share of "
        "late flights, or their cost: other weather is no reason to forget. In the old weeks, "
        f"inputs were elsewhere, and the relation was the same. {told(pasts, chosen, share)}; at "
        f"least {limits.moved:.0%} is asked for."
    )


@criterion(points=3, requires="leaves_out_weeks_before_a_change", hint="Term: recurring drift.")
def takes_back_an_earlier_season(learner, world, limits, evidence):
    """Where an early relation has returned, the early weeks are used, and those between not."""
    pasts = []
    for n in range(HISTORIES):
        rng = world.rng("season", n)
        pasts.append(draw(rng, other=range(-NEWEST - int(rng.integers(4, 9)), -NEWEST)))
    chosen = ask(learner, pasts)
    share = gained(pasts, chosen, "A season that returns", evidence)
    evidence.number("returned", share)
    assert share >= limits.returned, (
        "Look at every week by itself, also at those before a change: the earliest weeks had the "
        f"relation of the newest ones. {told(pasts, chosen, share)}; at least "
        f"{limits.returned:.0%} is asked for."
    )


@criterion(points=2, requires="leaves_out_weeks_before_a_change", hint="Print one number a week.")
def leaves_out_broken_weeks(learner, world, limits, evidence):
    """One or two broken weeks among older ones are left out, their neighbours are used."""
    pasts = []
    for n in range(HISTORIES):
        rng = world.rng("broken", n)
        weeks = rng.choice([-6, -8, -10], 2, replace=False).tolist()
        faults = dict(zip(weeks, [None, int(rng.integers(len(FEATURES)))], strict=True))
        pasts.append(draw(rng, SHORT, faults=faults if n % 2 else dict([faults.popitem()])))
    chosen = ask(learner, pasts)
    share = gained(pasts, chosen, "Broken weeks", evidence)
    evidence.number("broken", share)
    assert share >= limits.broken, (
        "Test every week alone, not in windows of several: a broken week spoils the model, though "
        f"its neighbours are sound. {told(pasts, chosen, share)}; at least {limits.broken:.0%} is "
        "asked for."
    )


@criterion(points=2, requires="leaves_out_broken_weeks", hint="What do you compare with?")
def mistrusts_the_newest_weeks(learner, world, limits, evidence):
    """A broken week among the newest four is left out, and the others are judged rightly."""
    pasts = []
    for n in range(HISTORIES):
        rng = world.rng("newest", n)
        column = None if n % 2 else int(rng.integers(len(FEATURES)))
        pasts.append(draw(rng, SHORT, faults={-int(rng.integers(1, RECENT + 1)): column}))
    chosen = ask(learner, pasts)
    share = gained(pasts, chosen, "A broken week among the newest", evidence, over="all weeks")
    evidence.number("newest", share)
    assert share >= limits.newest, (
        "Test the newest weeks among themselves before you compare others with them: one of the "
        f"newest four was broken. {told(pasts, chosen, share)}; at least {limits.newest:.0%} is "
        "asked for."
    )


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


def draw(rng, length=LONG, other=(), moved=(), faults=()):
    """Draw a history; weeks are counted from its end: -1 is the newest.

    `other` weeks have another relation, `moved` ones other inputs. `faults` gives, by week, the
    column that is broken, or None for the labels.
    """
    count, first = int(rng.integers(*length)), int(rng.integers(100, 900))
    faults = dict(faults)
    now = tilted(rng, 0, np.zeros(len(FEATURES)))
    before = tilted(rng, -rng.uniform(0.5, 0.8), now)  # it contradicts in many ways
    away = 2.5 * tilted(rng, rng.choice([-1, 1]) * rng.uniform(0.1, 0.25), now)
    week = np.repeat(np.arange(-count, 0), rng.integers(*ROWS, count))
    inputs = rng.normal(size=(len(week), len(FEATURES)))
    inputs += np.isin(week, list(moved))[:, None] * away
    was = np.isin(week, list(other))
    late = rng.random(len(week)) < np.where(was, chance_of(inputs, before), chance_of(inputs, now))
    for broken, column in faults.items():
        damage(inputs, late, week == broken, column)
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


def gained(pasts, chosen, title, evidence, over="last four weeks"):
    """Return the share of what can be gained over a habit: 1 for the right weeks."""
    costs = []
    for past, weeks in zip(pasts, chosen, strict=True):
        sets = {"last four weeks": past.weeks[-RECENT:], "all weeks": past.weeks}
        sets |= {"your weeks": weeks, "right weeks": past.right}
        cost = {some: past.cost(some) for some in set(map(frozenset, sets.values()))}
        costs.append({name: cost[frozenset(some)] for name, some in sets.items()})
    mean = pd.DataFrame(costs).mean().to_dict()
    evidence.bars(f"{title}: cost of the coming weeks", mean, unit="per 1,000 flights")
    show = [[w in weeks for w in pasts[0].weeks] for weeks in (pasts[0].right, chosen[0])]
    labels = [str(week) for week in pasts[0].weeks]
    evidence.matrix("Weeks of the first history", ["right", "yours"], labels, show)
    return (mean[over] - mean["your weeks"]) / (mean[over] - mean["right weeks"])


def told(pasts, chosen, share):
    """Say what was used, and what that gained."""
    right = sum(
        len(set(past.right) & set(weeks)) for past, weeks in zip(pasts, chosen, strict=True)
    )
    of_right = sum(len(past.right) for past in pasts)
    of_wrong = sum(len(past.weeks) for past in pasts) - of_right
    return (
        f"In {len(pasts)} histories, you used {right} of {of_right} weeks that are like the "
        f"coming ones, and {sum(map(len, chosen)) - right} of {of_wrong} that are not. Of what "
        f"the right weeks gain, you gained {share:.0%}"
    )


def why_few(chosen):
    """Name what leads to too few weeks."""
    sizes = {len(weeks) for weeks in chosen}
    fixed = "Look at the weeks before you decide how many to use: you took {} from each history. "
    return (fixed.format(*sizes) if len(sizes) == 1 else "") + (
        "Leave weeks out for evidence, not for luck: a model from few weeks looks best on rows "
        "that it was trained on, and the cost of a single week is mostly noise."
    )
