"""A model is trained on winter and asked about later flights, some of them without their feeds."""

import re

import numpy as np
import pandas as pd

from workbench.authoring import LearnerRaised, criterion

from _flights import DELAYS, FEATURES, FEEDS, NAMES, STORM, WEATHER, draw_flights, gaps, plain_model

ROUNDING = 1e-6  # sums of many numbers depend on their order
FEW = 3  # names of columns in a message that says which one is wrong


@criterion(points=0, hint="Compare with a model that never heard of robustness.")
def decides_well_in_calm_weeks(learner, world, limits, evidence, notes):
    """With all feeds there, decisions cost hardly more than those of a plain model."""
    flights = notes["flights"] = draw_flights(world)
    plain = notes["plain"] = plain_model(flights)

    model = train(learner, flights)
    chance = chances(model, flights.later)

    yours, theirs = flights.cost(chance), flights.cost(plain(flights.later))
    storm = flights.later["delay_city_3h"].rank(pct=True, ascending=False) <= STORM
    level, truth = chance[storm].mean(), flights.truth[storm].mean()
    evidence.number("calm", yours / theirs - 1)
    evidence.number("storm", truth - level)
    compare(evidence, "all feeds are there", theirs, yours)
    fine = yours <= theirs * (1 + limits.calm) and truth - level <= limits.storm
    assert fine, (
        f"{calm_advice(model, flights.later[storm], chance[storm])} In 1,000 flights your "
        f"decisions cost {yours:.0f}, those of a plain model {theirs:.0f}; the limit is "
        f"{limits.calm:.0%} more. Of the {STORM:.0%} with the largest `delay_city_3h`, "
        f"{truth:.0%} are late; your mean probability is {level:.0%}, and should be at most "
        f"{100 * limits.storm:.0f} points lower."
    )
    square = flights.brier(chance) / flights.brier(plain(flights.later)) - 1
    evidence.number("brier", square)
    assert square <= limits.brier, (
        "Return probabilities, not decisions: others weigh them, too. The Brier score of yours is "
        f"{square:.0%} above that of the plain model; the limit is {limits.brier:.0%}."
    )


@criterion(
    points=4,
    requires="decides_well_in_calm_weeks",
    hint="At which hours has your model seen gaps? Term: data augmentation.",
)
def survives_a_lost_feed(learner, world, limits, evidence, notes):
    """Without delays, weather or one column, it is nearly as good as a model trained without."""
    flights, plain = notes["flights"], notes["plain"]
    model = train(learner, flights)
    column = str(world.rng("column").choice(FEEDS))
    # Each loss meets other flights: what was told of a flight before is of no use.
    losses = {"all delays": DELAYS, "all weather": WEATHER, column: [column]}
    excess, costs, asked = [], [], []
    for number, (name, lost) in enumerate(losses.items()):
        some = flights.part(number, len(losses))
        without = notes[name] = plain_model(flights, lost)
        best, silent = some.cost(without(some.later)), some.later.assign(**gaps(lost))
        chance = chances(model, silent)
        cost = some.cost(chance)
        compare(evidence, f"no flight has {name}", some.cost(plain(silent)), cost, best)
        excess.append(cost / best - 1)
        costs.append(f"without {name} {cost:.0f} ({best:.0f})")
        asked.append((some, silent, name, lost, chance))
    evidence.number("lost", max(excess))
    worst = int(np.argmax(excess))
    assert excess[worst] <= limits.lost, (
        f"{advice(model, *asked[worst])} Cost of 1,000 flights by your decisions, and in brackets "
        f"by those of a model trained without the same columns: {', '.join(costs)}. The limit is "
        f"{limits.lost:.0%} more."
    )
    frames, answers = [entry[1] for entry in asked], [entry[-1] for entry in asked]
    together = pd.concat(frames, ignore_index=True)
    mixed = np.abs(chances(model, together) - np.concatenate(answers))
    assert mixed.max() <= ROUNDING, (
        "Look at each flight by itself: what others lack says nothing of it. With flights that "
        f"lack delays, weather or `{column}` in one frame, {(mixed > ROUNDING).mean():.0%} of the "
        f"probabilities were others than alone, by up to {100 * mixed.max():.0f} points."
    )
    absent = np.abs(chances(model, frames[-1].drop(columns=column)) - answers[-1])
    assert absent.max() <= ROUNDING, (
        f"Take an absent column for one of nulls. Without the column `{column}`, probabilities "
        f"were others than with nulls in it, by up to {100 * absent.max():.0f} points."
    )


@criterion(points=2, requires="survives_a_lost_feed", hint="Which value can stand in for another?")
def survives_noise(learner, world, limits, evidence, notes):
    """With gaps and doubled values here and there, it uses what came."""
    flights, rng = notes["flights"], world.rng("noise")
    without = flights.cost(notes["all delays"](flights.later))
    calm = flights.cost(notes["plain"](flights.later))
    noisy, hit = flights.later.copy(), rng.random((len(flights.later), len(FEEDS)))
    noisy[DELAYS] = noisy[DELAYS].mask(hit[:, 2:] > 0.9, 2 * noisy[DELAYS])
    noisy[FEEDS] = noisy[FEEDS].mask(hit < 0.3)

    cost = flights.cost(chances(train(learner, flights), noisy))

    evidence.number("noise", (cost - calm) / (without - calm))
    compare(evidence, "values are null or doubled", flights.cost(notes["plain"](noisy)), cost)
    assert cost <= calm + limits.noise * (without - calm), (
        "Use the values that came, flight by flight. Three in ten values of the feeds were null, "
        f"one in ten delays was doubled: your decisions cost {cost:.0f} in 1,000 flights. Without "
        f"noise it is {calm:.0f}, without any delays {without:.0f}; go at most "
        f"{limits.noise:.0%} of the way from the one to the other."
    )


@criterion(points=2, requires="survives_a_lost_feed", hint="What does `delay_age` tell?")
def sees_that_delays_are_stale(learner, world, limits, evidence, notes):
    """Delays that are a day old are not taken for those of today."""
    flights, plain, rng = notes["flights"], notes["plain"], world.rng("stale")
    hung = flights.later.assign(delay_age=rng.uniform(20, 28))
    hung = hung.assign(**hung[DELAYS].quantile(rng.uniform(0.3, 0.5)))
    best = flights.cost(notes["all delays"](flights.later))

    # Fresh ones are in the same frame: one flight tells nothing of the other.
    order = rng.permutation(2 * len(hung))
    mixed = pd.concat([flights.later, hung], ignore_index=True).iloc[order]
    chance = chances(train(learner, flights), mixed.reset_index(drop=True))
    cost = flights.cost(chance[order.argsort()][len(hung) :])

    evidence.number("stale", cost / best - 1)
    compare(evidence, "delays are a day old", flights.cost(plain(hung)), cost, best)
    assert cost <= best * (1 + limits.stale), (
        "Look at `delay_age` before you believe a delay: yesterday's calm says little about today. "
        "Half of the flights of a frame had delays that were 20 to 28 hours old: there, your "
        f"decisions cost {cost:.0f} in 1,000 flights; those of a model trained without delays "
        f"cost {best:.0f}, and the limit is {limits.stale:.0%} more."
    )


@criterion(points=1, requires="decides_well_in_calm_weeks", hint="Rare is not wrong.")
def answers_rare_flights(learner, world, limits, evidence, notes):
    """Rare flights that obey the table get probabilities."""
    model, flight = train(learner, notes["flights"], rows=1500), notes["flights"].later.iloc[[0]]
    carrier = str(world.rng("carrier").choice(["AC", "BA", "KL", "LH", "NK", "SY"]))
    rare = {
        "an airline that was not in training": {"carrier": carrier},
        "a flight at 5 in the morning, without any delay": {"hour": 5} | gaps(DELAYS),
        "a flight of 17 miles": {"distance": 17},
        "early departures everywhere": dict.fromkeys(DELAYS, -19.5),
        "the storm of the century": dict.fromkeys(DELAYS, 900.0) | {"precip_3h": 6, "visib": 0},
    }
    for name, values in rare.items():
        refused = refusal(model, flight.assign(**values))
        assert refused is None, (
            f"Answer for {name}: it is rare, but it obeys the table of the README. {refused}"
        )


@criterion(points=2, requires="answers_rare_flights", hint="Term: fail fast.")
def refuses_garbage(learner, world, limits, evidence, notes):
    """Values that cannot be get a ValueError that names their column."""
    flights, rng = notes["flights"], world.rng("garbage")
    model, rows = train(learner, flights, rows=1500), flights.later.iloc[:20].reset_index(drop=True)

    def one(column, value):
        return column, rows.assign(**{column: rows[column].where(rows.index != 3, value)})

    text, digits, endless = map(str, rng.choice(["distance", *FEEDS], 3))
    absent, null = map(str, rng.choice([*NAMES, "distance", "hour"], 2, replace=False))
    words = rows[text].astype(str).where(rows.index != 3, str(rng.choice(["n/a", "ten", "?"])))
    kinds = {
        "text in a column of numbers": (text, rows.assign(**{text: words})),
        "digits as text": (digits, rows.assign(**{digits: rows[digits].fillna(1.0).astype(str)})),
        "an impossible distance": one("distance", rng.choice([-rng.uniform(1, 3000), 0, 40_000])),
        "an hour that no clock has": one("hour", int(rng.choice([-1, 24, rng.integers(25, 60)]))),
        "impossible rain": one("precip_3h", rng.choice([-rng.uniform(1, 9), rng.uniform(60, 999)])),
        "impossible sight": one("visib", rng.choice([-rng.uniform(1, 9), rng.uniform(20, 9999)])),
        "a delay of many weeks": one(
            str(rng.choice(DELAYS)), rng.choice([-1, 1]) * rng.uniform(1e4, 1e6)
        ),
        "an impossible age": one("delay_age", rng.choice([-rng.uniform(3, 30), 5000.0])),
        "infinity": one(endless, rng.choice([-np.inf, np.inf])),
        "a null where there is no feed": one(null, None if null in NAMES else np.nan),
        "a column of the timetable that is absent": (absent, rows.drop(columns=absent)),
        "a frame without rows": ("rows", rows.iloc[:0]),
    }
    for kind, (column, garbage) in kinds.items():
        refused = refusal(model, garbage)
        assert refused is not None, (
            f"Refuse {kind}: a probability of garbage looks like any other. `{column}` was wrong "
            "in one of 20 flights or in all; a ValueError was expected, probabilities came."
        )
        named = set(re.findall(r"\w+", refused.text)) & {*FEATURES, "delay_age", "rows"}
        clear = refused.kind == "ValueError" and column in named and len(named) <= FEW
        assert clear, (
            f"Say what is wrong: for {kind}, raise a ValueError whose message has the word "
            f"`{column}`, and not the names of all columns, so that somebody can mend it. It "
            f"raised {refused.kind}: {refused.text}"
        )


def calm_advice(model, stormy, chance):
    half = stormy.assign(delay_city_3h=stormy["delay_city_3h"] / 2)
    if np.allclose(chance, chances(model, half)):
        return (
            "Let storms be seen: large delays are no outliers to be cut off. With half the delay "
            "in the city, stormy flights got the same probabilities."
        )
    return (
        "Don't pay for bad days on all other days: let the model learn from rows as they are, too."
    )


def advice(model, flights, silent, name, lost, chance):
    """Tell from the answers what may have gone wrong."""
    if np.ptp(chance) < 1e-9:
        return "Decide by what is left: every flight got the same probability."
    if np.allclose(chance, chances(model, silent.assign(**dict.fromkeys(lost, 0.0)))):
        return "Don't fill gaps with 0, which means no delay, or fog: the answers are those for 0."
    return (
        "Show such gaps to your model at all hours while it learns: a feed that is silent is no "
        f"quiet morning. With {name} null, its mean probability is {chance.mean():.0%}; "
        f"{flights.truth.mean():.0%} are late."
    )


def compare(evidence, when, plain, yours, without=None):
    bars = {"plain model": plain, "your model": yours}
    if without is not None:
        bars["trained without"] = without
    evidence.bars(f"Cost of 1,000 flights when {when}", bars)


def train(learner, flights, rows=None):
    return learner.new("train", flights.training[:rows], flights.labels[:rows])


def refusal(model, rows):
    """Return what was raised, or None if there were probabilities."""
    try:
        chances(model, rows)
    except LearnerRaised as raised:
        return raised
    return None


def chances(model, rows):
    """Ask for the probability of being late of each row."""
    answer = model.call("predict_proba", rows, returns=np.ndarray)
    assert answer.shape == (len(rows), 2), (
        "Return one row of two probabilities for each flight, those with gaps as well. "
        f"{len(rows)} flights were given; `predict_proba` returned shape {answer.shape}."
    )
    numbers = answer.astype(float) if answer.dtype.kind in "fiub" else np.full(answer.shape, np.nan)
    fine = (numbers >= 0) & (np.abs(numbers.sum(axis=1, keepdims=True) - 1) < 1e-6)
    assert fine.all(), (
        "Return probabilities: numbers between 0 and 1, the two of a flight with the sum 1. "
        f"`predict_proba` returned {answer[~fine.all(axis=1)][0]} for a flight."
    )
    return numbers[:, 1]
