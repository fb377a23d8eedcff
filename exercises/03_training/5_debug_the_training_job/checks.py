"""Each check plants one relation, and flights in which the other four faults can do no harm.

Outcomes of the flights that are asked about stay with the judge. Where the label is not what is
judged, every flight arrives; where the leak is not, departures tell nothing of arrivals.
"""

import math

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from workbench.authoring import criterion, scenarios

from _flights import (
    DELAYS,
    PLAIN,
    flights_that_ended,
    planned,
    planted,
    with_a_diverted_carrier,
    with_foreign_outcomes,
    with_higher,
)

THRESHOLD = 1 / 6  # a miss costs 5, a false alarm 1
ROUNDING = 1e-9  # threads may add in another order


@criterion(points=0, hint="Try it with four flights, and by hand.")
def reports_what_happened(learner, world, limits, evidence):
    """The report has the four numbers of any probabilities and outcomes."""
    for rate in (0.05, 0.5):  # never is the better constant decision, then always
        rng = world.rng("report", rate)
        late = rng.random(500) < rate
        chance = rng.beta(1, 4, 500)
        wanted = right_report(chance, late)

        found = learner.call("report", chance, late, returns=dict)

        for name, value in wanted.items():
            seen = found.get(name)
            right = type(seen) in (float, int) and math.isclose(seen, value, rel_tol=1e-6)
            assert right, (
                f"Mend `{name}` of the report. For 500 flights, {late.mean():.1%} of them late, "
                f"it should be {value:.6g}; it was {str(seen)[:30]}. The desk acts from a "
                "probability of 1/6 on, and costs are per 1,000 flights."
            )


@criterion(
    points=0,
    requires="reports_what_happened",
    hint="What did the job predict before your last change?",
)
def still_learns(learner, world, limits, evidence):
    """The job still trains a model that tells late flights from others."""
    flights, relation = planted(world, PLAIN, auc=0.85, rows=2400)

    chance = chances(train(learner, world, flights), flights.later)

    area = roc_auc_score(relation.labels(flights.later, world.rng("judged")), chance)
    evidence.number("ranking", area)
    assert area >= limits.ranking, (
        "Repair the job, and keep it a model: labels were drawn that its columns explain. Its "
        f"probabilities rank late flights above others with an area of {area:.2f} under the ROC "
        f"curve; at least {limits.ranking} is asked for, and one number for all has 0.5."
    )


@criterion(points=2, requires="still_learns", hint="What is known of a flight that never arrived?")
def labels_what_never_arrived(learner, world, limits, evidence):
    """Cancelled and diverted flights are late, and so are those of 30 minutes and more."""
    flights, kinds = flights_that_ended(world)
    wanted = ~(flights["arrival_delay"] < 30).to_numpy()

    found = learner.call("make_label", flights)

    values = np.asarray(found)
    fits = values.shape == wanted.shape and values.dtype.kind in "biuf"
    assert fits, (
        f"Return one bool a flight from `make_label`: {len(flights)} flights were given, some of "
        f"them cancelled; {values.size} labels of type {values.dtype} came back."
    )
    missed = {kind: (values != wanted)[kinds == kind].mean() for kind in pd.unique(kinds)}
    evidence.bars("Share of labels that are wrong", missed)
    first = next((i for i in range(len(wanted)) if values[i] != wanted[i]), None)
    assert first is None, (
        f"Label every kind of flight: one that {kinds[first]} should be "
        f"{'late' if wanted[first] else 'on time'}. Its `arrival_delay` was "
        f"{flights['arrival_delay'].iloc[first]} and its label {values[first]}; in all, "
        f"{(values != wanted).sum()} of {len(flights)} labels were wrong."
    )
    carrier, flights = with_a_diverted_carrier(world)
    level = chances(train(learner, world, flights), flights.later).mean()
    evidence.number("diverted", level)
    assert level >= limits.diverted, (
        f"Train on the flights that never arrived, too. All flights of carrier {carrier} were "
        f"diverted, and its planned ones got a mean probability of {level:.0%} of being late; at "
        f"least {limits.diverted:.0%} is asked for."
    )


@criterion(points=2, requires="still_learns", hint="What is known, and when? Term: leakage.")
def uses_what_is_known_in_time(learner, world, limits, evidence):
    """What happens after departure plays no part, neither in training nor afterwards."""
    flights, relation = planted(world, PLAIN, rate=0.35, rows=2400, departures_tell=True)
    rewritten = with_foreign_outcomes(flights, world.rng("foreign"))

    model = train(learner, world, flights)
    before, after = chances(model, flights.later), chances(model, rewritten)

    moved = np.abs(after - before)
    worst, share = int(moved.argmax()), (moved > ROUNDING).mean()
    assert moved[worst] <= ROUNDING, (
        "Leave out what is not known two hours before departure. Planned flights were given again "
        f"with outcomes of other flights; {share:.0%} of the probabilities moved, one from "
        f"{before[worst]:.3f} to {after[worst]:.3f} at a `departure_delay` of "
        f"{rewritten['departure_delay'].iloc[worst]:.0f} minutes."
    )
    level, rate = before.mean(), flights.truth.mean()
    later = relation.labels(flights.later, world.rng("later"))
    area = float(roc_auc_score(later, before))
    evidence.number("level", abs(level - rate))
    evidence.number("area", area)
    evidence.bars("Mean probability of planned flights", {"yours": level, "true": rate})
    knows = abs(level - rate) <= limits.level and area >= limits.area
    assert knows, (
        "Train without what is not known in time: a model that learnt from it misses it later. "
        f"Planned flights got a mean probability of {level:.0%}; the truth is {rate:.0%}, and the "
        f"limit a difference of {100 * limits.level:.0f} points. Their ranking has an area under "
        f"the ROC curve of {area:.2f}; at least {limits.area} is asked for."
    )


@criterion(
    points=2,
    requires="still_learns",
    hint="Is it as good on new flights? Term: overfitting.",
)
def knows_new_flights(learner, world, limits, evidence):
    """Probabilities of flights that it was not trained on are near the true ones, too."""
    flights, _ = planted(world, PLAIN)

    model = train(learner, world, flights)
    old, new = chances(model, planned(flights.training)), chances(model, flights.later)

    found, constant = (distance(flights.truth, c) for c in (new, flights.truth.mean()))
    trained, saved = gain(flights.labels.astype(float), old), gain(flights.truth, new)
    evidence.number("distance", found / constant)
    evidence.number("saved", saved)
    bars = {"flights trained on": trained, "new flights": saved, "true probabilities": 1.0}
    evidence.bars("Share of the possible saving by decisions", bars)
    knows = found <= limits.distance * constant and saved >= limits.saved
    assert knows, (
        "Let the model learn less by heart. Probabilities of new flights were off by "
        f"{100 * found:.0f} points; one number for all is off by {100 * constant:.0f}, and the "
        f"limit is {limits.distance} times that. Decisions saved {trained:.0%} of the possible on "
        f"flights trained on, and {saved:.0%} on new ones; at least {limits.saved:.0%} is asked "
        "for."
    )


@criterion(points=2, requires="still_learns", hint="Compare make_features with the raw columns.")
def learns_from_each_delay(learner, world, limits, evidence):
    """Each of the four mean delays moves the probabilities as far as it should."""
    flights, relation = planted(world, DELAYS, rate=0.25, auc=0.92)
    model = train(learner, world, flights)

    effects = {}
    for column in DELAYS:
        low, high = with_higher(column, flights)
        before, after = chances(model, low), chances(model, high)
        together = chances(model, pd.concat([low, high], ignore_index=True))
        moved = np.abs(together - np.concatenate([before, after]))
        assert moved.max() <= ROUNDING, (
            "Take limits and scales of delays from the training flights: those that are asked "
            f"about in one frame change each other's probabilities. {len(low)} flights with a "
            f"`{column}` of {low[column].iloc[0]:.0f} minutes, and the same with "
            f"{high[column].iloc[0]:.0f}, got other answers in one frame than in two, by up to "
            f"{100 * moved.max():.0f} points."
        )
        true = (relation.probability(high) - relation.probability(low)).mean()
        effects[column] = true, (after - before).mean()

    shares = {column: found / true for column, (true, found) in effects.items()}
    weakest = min(shares, key=shares.get)
    true, found = effects[weakest]
    evidence.number("response", shares[weakest])
    evidence.bars("Your effect as a share of the true one", shares, limit=limits.response)
    assert shares[weakest] >= limits.response, (
        f"Let `{weakest}` reach the model with all its values. The judge drew labels so that more "
        f"of it makes {'more' if true > 0 else 'fewer'} flights late: when it rose, the true "
        f"probability went by {100 * true:+.0f} points on average, yours by {100 * found:+.0f}; "
        f"at least {limits.response:.0%} of the true effect is asked for."
    )


@criterion(points=2, requires="still_learns", hint="Where does the job draw at random?")
def repeats_itself(learner, world, limits, evidence):
    """The same flights and seed give the same model again."""
    flights, _ = planted(world, PLAIN, auc=0.85, rows=900)

    first, second = (chances(train(learner, world, flights), flights.later) for _ in range(2))

    moved = np.abs(second - first)
    assert moved.max() <= ROUNDING, (
        "Give the seed to everything that draws random numbers. Of two trainings on equal flights "
        f"with an equal seed, one flight got {first[moved.argmax()]:.4f} and "
        f"{second[moved.argmax()]:.4f}; no difference is allowed."
    )


def train(learner, world, flights):
    return learner.new("train", flights.training, int(world.rng("seed").integers(1000)))


def chances(model, rows):
    """Ask for the probability of being late of each row."""
    answer = model.call("predict_proba", rows, returns=np.ndarray)
    fine = answer.shape == (len(rows), 2) and answer.dtype.kind in "fiub"
    fine = fine and bool(((answer >= 0) & (answer <= 1)).all())
    assert fine, (
        "Give two probabilities, on time and late, for every flight, those with gaps as well. "
        f"{len(rows)} flights were given; `predict_proba` returned shape {answer.shape}."
    )
    return answer[:, 1].astype(float)


def distance(truth, chance):
    """The root of the mean squared distance of probabilities."""
    return math.sqrt(np.mean((chance - truth) ** 2))


def gain(truth, chance):
    """Share of the saving of the true probabilities, against the better constant decision."""
    constant = min(cost(truth, 0 * truth), cost(truth, 0 * truth + 1))
    return (constant - cost(truth, chance)) / (constant - cost(truth, truth))


def cost(truth, chance):
    return 1000 * scenarios.flight_costs(truth, chance >= THRESHOLD).mean()


def right_report(chance, late):
    always = np.ones(len(late))
    return {
        "cost": cost(late, chance),
        "constant": min(cost(late, always), cost(late, 0 * always)),
        "predicted": chance.mean(),
        "late": late.mean(),
    }
