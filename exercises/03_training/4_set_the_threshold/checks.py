"""Scores and labels are drawn, so the judge knows how probable each late flight truly was."""

import numpy as np

from workbench.authoring import criterion, scenarios

from _scores import (
    KNOWN,
    NEW,
    NO_LINE,
    OTHERS,
    PAST,
    USUAL,
    WITH_TRAINING,
    drawn_prices,
    drawn_shapes,
    flights,
    margins,
)

FEW, WORLDS = 100, 12  # few flights scatter: the mean over several worlds is judged
ROUNDING = 1e-9  # libraries may add in another order for another number of rows


@criterion(points=2, hint="Write down what each of the two decisions costs in the mean.")
def decides_by_cost(learner, world, limits, evidence):
    """Each flight gets the decision with the lower expected cost, whatever the prices are."""
    rng = world.rng("decisions")
    chance = rng.permutation(np.linspace(0.02, 0.99, 1000) ** 2)  # mostly low, as in life
    some = np.argsort(chance)[25::50]
    prices = drawn_prices(rng)

    decided = {name: decide(learner, chance, costs) for name, costs in prices.items()}
    alone = {i: decide(learner, chance[[i]], (5, 1))[0] for i in some}

    cuts = {name: chance[yes].min(initial=1) for name, yes in decided.items()}
    rows = [[name, float(cuts[name]), threshold(costs)] for name, costs in prices.items()]
    evidence.table("Where alarms begin", ["miss : false alarm", "yours", "cheapest"], rows)
    said = "Your alarms begin at " + ", ".join(f"{cut:.2f} for {n}" for n, cut in cuts.items())
    other = next((i for i in some if alone[i] != decided["5:1"][i]), None)
    assert other is None, (
        "Decide for each flight by its own probability, not by its rank or by a share of alarms. "
        f"At costs of 5:1, a flight with probability {chance[other]:.3f} was decided "
        f"{decided['5:1'][other]} among others and {alone[other]} alone."
    )
    assert np.ptp(list(cuts.values())) > 0.01, (
        "Let the threshold follow the costs: the dearer a miss, the sooner an alarm pays. "
        f"{said}, whatever a miss costs."
    )
    for name, costs in prices.items():
        expect_cheapest(chance, decided[name], costs, said)


@criterion(points=2, hint="Plot the share of late flights, and your probability, by the score.")
def is_reliable(learner, world, limits, evidence):
    """The probabilities of new flights are near the true ones."""
    past, new = flights(world, "reliable", margins(world.rng("margin")))

    chance = calibrated(learner, past, new["score"])
    turned = calibrated(learner, past.assign(late=~past["late"]), new["score"])

    distance = off(chance, new["chance"])
    seen = draw_reliability(evidence, "Reliability, by tenths of the score", new, chance)
    assert np.ptp(chance) > 0, (
        f"Tell flights apart by their score: every new flight got the probability {chance[0]:.3f}."
    )
    assert np.corrcoef(chance, new["score"])[0, 1] < NO_LINE, (
        "Learn from `late` what a score means: to bring scores between 0 and 1 changes their unit "
        f"and calibrates nothing. Your probabilities are a straight line in the score. {seen}"
    )
    assert off(chance, turned) > ROUNDING, (
        "Learn from `late` what a score means: a number between 0 and 1 need not be a probability. "
        f"With all labels turned around, `True` for `False`, yours stayed as they were. {seen}"
    )
    assert distance <= off(1 - chance, new["chance"]), (
        f"Return the probability of being late, of `True`, not the one of being on time. {seen}"
    )
    results = {"ranks flights as most do": (distance, seen)}
    for name, model in OTHERS.items():
        past, new = flights(world, name, margins(world.rng("margin", name)), model=model)
        chance = calibrated(learner, past, new["score"])
        seen = draw_reliability(evidence, f"Reliability of a model that {name}", new, chance)
        results[name] = off(chance, new["chance"]), seen
    worst = max(results, key=results.get)
    distance, seen = results[worst]
    evidence.number("distance", distance)
    assert distance <= limits.distance, (
        "Come nearer to the true probabilities: let `late` tell how fast they rise with the "
        "score. Each needs many flights behind it, and enough others beside it. After "
        f"{PAST:,} past flights of a model that {worst}, yours are {distance:.1%} off in the mean; "
        f"the limit is {limits.distance:.0%}. {seen}"
    )


@criterion(points=1, requires="is_reliable", hint="What does `probability` compute from `scores`?")
def judges_flights_alone(learner, world, limits, evidence):
    """A flight gets the same probability alone as among others."""
    past, new = flights(world, "alone", margins(world.rng("margin")))
    calibration, scores = learner.new("Calibration", past[KNOWN]), new["score"].to_numpy()

    among = ask(calibration, scores)[:20]
    alone = np.concatenate([ask(calibration, scores[[i]]) for i in range(20)])

    most = int(np.abs(among - alone).argmax())
    assert abs(among[most] - alone[most]) <= ROUNDING, (
        "Learn means, ranks and shares from past flights, never from those that are asked about. "
        f"A flight with score {scores[most]:.3f} got {among[most]:.3f} among {NEW:,} flights "
        f"and {alone[most]:.3f} alone."
    )


@criterion(points=2, requires="is_reliable", hint="What did the model know of a training flight?")
def leaves_out_training_flights(learner, world, limits, evidence):
    """Flights that the model was trained on, label and all, do not spoil the probabilities."""
    past, new = flights(world, "training", margins(world.rng("margin")), WITH_TRAINING)
    rng = world.rng("flattery")
    past["in_training"] = rng.random(WITH_TRAINING) < rng.uniform(0.8, 0.85)
    towards_label = np.where(past["late"], 1, -1) * past["in_training"]
    past["score"] += towards_label * rng.uniform(0.9, 1.2) * past["score"].std()

    chance = calibrated(learner, past, new["score"])

    distance = off(chance, new["chance"])
    evidence.number("distance_held_out", distance)
    draw_reliability(evidence, "Reliability, where some flights were in training", new, chance)
    assert distance <= limits.distance_held_out, (
        "Leave out the flights that the model was trained on: it has seen their labels, so their "
        "scores are better than those of new flights will be. With such flights among the past "
        f"ones ({past['in_training'].mean():.0%}), your probabilities are {distance:.1%} off in "
        f"the mean; the limit is {limits.distance_held_out:.0%}."
    )


@criterion(points=2, requires="judges_flights_alone", hint="Term: isotonic regression.")
def decides_cheaply_on_any_scores(learner, world, limits, evidence):
    """Scores of any shape lead to decisions nearly as cheap as true probabilities do."""
    rng, extra = world.rng("shapes"), {}
    prices = drawn_prices(rng)
    shapes = drawn_shapes(rng)
    drawn = [(name, "ranks flights as most do", USUAL) for name in shapes]
    drawn += [(rng.choice([*shapes]), does, model) for does, model in OTHERS.items()]
    for name, does, model in drawn:
        past, new = flights(world, f"shapes {does}", shapes[name], model=model)
        chance = calibrated(learner, past, new["score"])
        for ratio, costs in prices.items():
            best, case = cost(new, new["chance"], costs), f"{name} of a model that {does}"
            extra[f"{case}, at {ratio}"] = cost(new, chance, costs) / best - 1

    worst = max(extra, key=extra.get)
    evidence.number("extra_cost", extra[worst])
    evidence.bars("Extra cost of your probabilities", extra, limit=limits.extra_cost)
    assert extra[worst] <= limits.extra_cost, (
        "Let the labels tell the shape of the curve: of the scores, only the order is known. With "
        f"{worst}, decisions by your probabilities cost {extra[worst]:.0%} more than by the true "
        f"ones; the limit is {limits.extra_cost:.0%}."
    )


@criterion(points=1, requires="is_reliable", hint="How many flights stand behind a probability?")
def copes_with_few_flights(learner, world, limits, evidence):
    """A hundred past flights are enough to be better than one probability for all."""
    yours, share = [], []
    for number in range(WORLDS):
        past, new = flights(world, f"few {number}", margins(world.rng("margin")), FEW, 500)
        yours.append(off(calibrated(learner, past, new["score"]), new["chance"]))
        share.append(off(past["late"].mean(), new["chance"]))

    yours, share = np.mean(yours), np.mean(share)
    evidence.number("few", yours / share)
    bars = {"one share for all": share, "your probabilities": yours}
    evidence.bars(f"Distance from the truth, after {FEW} flights", bars, limit=limits.few * share)
    assert yours <= limits.few * share, (
        f"Fit the detail of the curve to the number of flights. After {FEW} past ones, your "
        f"probabilities are {yours:.1%} off in the mean. The share of late flights, given to all, "
        f"is {share:.1%} off; the limit is {limits.few:.0%} of that."
    )


@criterion(points=1, requires="is_reliable", hint="Try scores rounded to 1 to 5, and all equal.")
def copes_with_ties(learner, world, limits, evidence):
    """Scores that many flights share, or all of them, have an answer."""
    levels = np.array([-2.5, -1.5, -0.5, 0.5])
    past, new = flights(world, "ties", lambda logit: 1.0 + np.searchsorted(levels, logit))
    chance = calibrated(learner, past, new["score"])
    equal = past.assign(score=float(world.rng("equal").normal()))
    one, rate = calibrated(learner, equal, equal["score"][:1])[0], equal["late"].mean()

    low = (new["score"] == 1).to_numpy()
    distance = off(chance, new.groupby("score")["chance"].transform("mean"))
    evidence.number("distance_of_levels", distance)
    evidence.number("level", abs(one - rate))
    assert distance <= limits.distance_of_levels, (
        "Give equal scores the share of late flights among all that have this score. With scores "
        f"from 1 to 5, your probabilities are {distance:.1%} off in the mean; the limit is "
        f"{limits.distance_of_levels:.0%}. For a score of 1 you say {chance[low].mean():.2f}; of "
        f"those, {past['late'][past['score'] == 1].mean():.2f} were late."
    )
    assert abs(one - rate) <= limits.level, (
        f"Return the share of late flights when all scores are equal: it is {rate:.3f}, and a "
        f"flight got {one:.3f}; the limit is a difference of {limits.level}."
    )


@criterion(points=1, requires="is_reliable", hint="What do 300 flights tell, none of them late?")
def copes_with_one_outcome(learner, world, limits, evidence):
    """Past flights that were all on time, or all late, have an answer."""
    past, new = flights(world, "one outcome", margins(world.rng("margin")), 300, 500)
    for outcome in (False, True):
        chance = calibrated(learner, past.assign(late=outcome), new["score"])
        most = np.abs(chance - outcome).max()
        evidence.number("one_outcome", most)
        assert most <= limits.one_outcome, (
            "Stay near what was seen when all past flights had one outcome. 300 flights had "
            f"`late` {outcome}, and a probability was {abs(outcome - most):.2f}; the limit is a "
            f"difference of {limits.one_outcome} from {int(outcome)}."
        )


def threshold(costs):
    miss, false_alarm = costs
    return false_alarm / (miss + false_alarm)


def cost(new, chance, costs):
    yes = np.asarray(chance >= threshold(costs))
    return scenarios.decision_cost(new["chance"], yes, miss=costs[0], false_alarm=costs[1])


def off(chance, truth):
    return float(np.abs(chance - truth).mean())


def calibrated(learner, past, scores):
    return ask(learner.new("Calibration", past[KNOWN]), scores.to_numpy())


def ask(calibration, scores):
    """Ask for the probability of being late at each score."""
    answer = calibration.call("probability", scores, returns=np.ndarray)
    assert answer.shape == scores.shape, (
        f"Return one probability a flight, in one dimension: for {len(scores)} scores, "
        f"`probability` returned shape {answer.shape}."
    )
    numbers = answer.astype(float) if answer.dtype.kind in "fiub" else np.full(len(scores), np.nan)
    fine = (numbers >= 0) & (numbers <= 1)  # NaN is not
    assert fine.all(), (
        "Return a probability between 0 and 1 for every score, also beyond all past ones, and "
        f"where all are equal. The score {scores[~fine][0]:.3f} got {answer[~fine][0]}."
    )
    return numbers


def decide(learner, chance, costs):
    answer = learner.call("decide", chance, *map(float, costs), returns=np.ndarray)
    found = f"{answer.dtype} {answer.shape}"
    assert found == f"bool {chance.shape}", (
        f"Return one bool a flight: for {len(chance)} probabilities, `decide` returned {found}."
    )
    return answer


def expect_cheapest(chance, decisions, costs, said):
    """Ask for the decision with the lower expected cost for each flight."""
    wait, alarm = chance * costs[0], (1 - chance) * costs[1]
    wrong = (decisions != (alarm < wait)) & (np.abs(alarm - wait) > ROUNDING)
    worst = int((wrong * np.abs(alarm - wait)).argmax())
    assert not wrong.any(), (
        f"Choose the decision with the lower expected cost. At costs of {costs[0]}:{costs[1]}, a "
        f"flight with probability {chance[worst]:.3f} costs {wait[worst]:.3f} in the mean if it is "
        f"not treated as late, {alarm[worst]:.3f} if it is; you decided {decisions[worst]}. {said}."
    )


def draw_reliability(evidence, title, new, chance):
    """Draw mean probabilities by tenths of the score; describe the flight that is most off."""
    score, truth = new["score"].to_numpy(), new["chance"].to_numpy()
    tenths = np.array_split(np.argsort(score, kind="stable"), 10)
    true, yours = ([values[tenth].mean() for tenth in tenths] for values in (truth, chance))
    lines = {"your probability": yours, "true probability": true}
    evidence.lines(title, true, lines, x_label="true probability", y_label="mean probability")
    most = int(np.abs(chance - truth).argmax())
    return (
        f"A flight with score {score[most]:.2f} is late with probability {truth[most]:.3f}; "
        f"you said {chance[most]:.3f}."
    )
