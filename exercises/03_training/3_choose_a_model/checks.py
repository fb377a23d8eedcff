"""Candidates and flights are drawn, so the judge knows which candidate is truly better."""

import math
from collections import Counter

import numpy as np

from workbench.authoring import criterion

from _candidates import (
    AT,
    BLURRED,
    MOODY,
    NEARLY,
    PERFECT,
    POOR,
    SHARP,
    STEADY,
    TIRED,
    WILD,
    draw,
    interval,
    over_days,
    with_traps,
)

SLIPS = {  # words for a wrong difference, and how it comes about
    "Decide at 1/6, not at 1/2: where a miss costs 5 times as much, an alarm pays sooner.": (
        ("held_out", 0.5)
    ),
    "Use `held_out`: what a model says of its training flights, it will never say again.": (
        ("in_training", AT)
    ),
}
NARROW, WIDE = 0.85, 1.25  # where words for a wrong width begin
RULES = {
    "best training score": "Choose by flights that the model was not trained on: a large model "
    "knows its training flights by heart.",
    "best accuracy": "Choose by cost, not by accuracy: it counts a miss and a false alarm as "
    "equal, and a miss costs 5 times as much.",
    "best AUC": "Choose by cost, not by AUC: it knows how flights are ranked, and nothing of the "
    "decisions at 1/6.",
    "cheapest": "Let a dearer candidate win if it is proved better: you chose the cheapest.",
    "dearest": "Ask of a dearer candidate to be proved better: you chose the dearest.",
}


@criterion(points=4, hint="Terms: paired comparison, block bootstrap, paired t-test.")
def compares_two_candidates(learner, world, limits, evidence):
    """The difference of two costs is right, and so are the ends of its interval."""
    rng = world.rng("pairs")
    kinds = [(MOODY, SHARP), (TIRED, TIRED), (STEADY, STEADY), (WILD, WILD)] * 5
    pairs = [draw(rng, {"cheaper": cheaper, "dearer": dearer}) for cheaper, dearer in kinds]

    yours = np.array([ask_difference(learner, pair) for pair in pairs])

    days = np.array([interval(pair, rng) for pair in pairs])
    reach = days[:, 2] - days[:, 0]
    low, off, high = (np.abs(yours - days) / reach[:, None]).T
    ends = np.maximum(low, high)
    evidence.number("difference", round(off.max(), 6))
    evidence.number("ends", ends.mean())
    rows = {"yours": tuple(yours[0]), "from whole days": tuple(days[0])}
    evidence.intervals("Dearer minus cheaper per 1,000 flights, first pair", rows)
    worst = int(off.argmax())
    assert off.max() <= limits.difference, (
        f"{slip(pairs, yours[:, 1])} Two candidates differ by {days[worst, 1]:.1f}, and you said "
        f"{yours[worst, 1]:.1f}. That is {off[worst]:.0%} of the width of the interval from whole "
        f"days; the limit is {limits.difference:.0%}."
    )
    worst = int(ends.argmax())
    one, other = (f"{row[0]:.0f} to {row[2]:.0f}" for row in (yours[worst], days[worst]))
    assert ends.mean() <= limits.ends, (
        f"{wrong_width((yours[:, 2] - yours[:, 0]).mean() / reach.mean())} In one pair, your "
        f"interval is {one}, and {other} from whole days. The farther end is off by "
        f"{ends.mean():.0%} of the width in the mean of the pairs; the limit is {limits.ends:.0%}."
    )


@criterion(points=2, requires="compares_two_candidates", hint="Print each candidate's cost.")
def chooses_by_cost(learner, world, limits, evidence):
    """The candidate with the lowest cost wins against those that shine by other numbers."""
    rng = world.rng("traps")
    drawn = [draw(rng, with_traps(rng)) for _ in range(12)]

    chosen = [choose(learner, past) for past in drawn]

    right = share(chosen, "lowest cost")
    evidence.number("by_cost", right)
    rows = {role: over_days(drawn[0], drawn[0].costs(role), rng) for role in drawn[0].candidates}
    evidence.intervals("Cost per 1,000 flights, from the cheapest to the dearest", rows)
    assert right >= limits.by_cost, (
        f"{wrong_rule(drawn, chosen)} The one of four whose decisions are cheapest, and proved to "
        f"be, was chosen {right:.0%} of the time; at least {limits.by_cost:.0%} is asked for. "
        f"You chose: {told(chosen)}."
    )


@criterion(points=2, requires="chooses_by_cost", hint="Where does the interval end?")
def keeps_the_cheaper_of_two_that_tie(learner, world, limits, evidence):
    """Of two candidates that are equally good, the cheaper one nearly always wins."""
    rng = world.rng("ties")
    pairs = [draw(rng, {"cheaper": WILD, "dearer": WILD}) for _ in range(30)]
    threes = [draw(rng, {"poor": POOR, "cheaper": TIRED, "dearer": TIRED}) for _ in range(30)]

    of_two = [choose(learner, past) for past in pairs]
    of_three = [choose(learner, past) for past in threes]

    errors, later = share(of_two, "dearer"), share(of_three, "dearer")
    evidence.number("errors", max(errors, later))
    low, mid, high = interval(pairs[0], rng)
    assert errors <= limits.errors, (
        "Leave out differences that are no larger than their noise: take the dearer of two only "
        f"if the whole interval is below 0. Of 30 pairs that are equally good, you chose: "
        f"{told(of_two)}; the limit for the dearer is {limits.errors:.0%}. In the first pair the "
        f"difference is {mid:.0f}, its interval {low:.0f} to {high:.0f}."
    )
    assert later <= limits.errors, (
        "Compare a dearer candidate with the one that is chosen so far, not with the cheapest. Of "
        f"three, the cheapest is poor, and the others are equally good. You chose: "
        f"{told(of_three)}; the limit for the dearer is {limits.errors:.0%}."
    )


@criterion(points=2, requires="chooses_by_cost", hint="What does the rule ask of the interval?")
def takes_the_better_one(learner, world, limits, evidence):
    """A dearer candidate that is truly and surely better is nearly always taken."""
    rng = world.rng("better")
    pairs = [draw(rng, {"cheaper": BLURRED, "better": SHARP}) for _ in range(20)]
    steps = [draw(rng, {"poor": POOR, "cheaper": BLURRED, "better": SHARP}) for _ in range(20)]
    small = [draw(rng, {"cheaper": NEARLY, "better": PERFECT}) for _ in range(30)]

    of_two = [choose(learner, past) for past in pairs]
    of_three = [choose(learner, past) for past in steps]
    of_near = [choose(learner, past) for past in small]

    found, last, sure = (share(chosen, "better") for chosen in (of_two, of_three, of_near))
    evidence.number("found", min(found, last, sure))
    low, mid, high = interval(small[0], rng)
    assert found >= limits.found, (
        "Ask for what the rule asks for: the interval of the difference is below 0. The intervals "
        f"of the two costs may overlap all the same. Of 20 pairs you chose: {told(of_two)}; the "
        f"better one is to be taken {limits.found:.0%} of the time."
    )
    assert last >= limits.found, (
        "Go on to the dearest candidate after one has been replaced. Of three, each is better "
        f"than the one before. You chose: {told(of_three)}; the better one is to be taken "
        f"{limits.found:.0%} of the time."
    )
    assert sure >= limits.found, (
        "Take a difference that is small but sure: the interval decides, not the size. Of 30 "
        f"pairs, alike from day to day, you chose: {told(of_near)}; the better one is to be taken "
        f"{limits.found:.0%} of the time. In the first pair the difference is {mid:.0f}, its "
        f"interval {low:.0f} to {high:.0f}."
    )


@criterion(points=1, requires="takes_the_better_one", hint="Filter first, or compare first?")
def keeps_to_the_budget(learner, world, limits, evidence):
    """The best candidate within the budget is chosen, whatever a larger one could do."""
    rng = world.rng("budget")
    kinds = {"cheapest": POOR, "next best": TIRED, "too large": PERFECT}
    below, equal = [], []
    for need in ("milliseconds", "megabytes") * 6:
        over = {("too large", need): rng.uniform(1.1, 3)}
        below.append(choose(learner, draw(rng, kinds, over)))
        equal.append(choose(learner, draw(rng, kinds, {**over, ("next best", need): 1.0})))

    found, exact = share(below, "next best"), share(equal, "next best")
    evidence.number("within", min(found, exact))
    assert "too large" not in below + equal, (
        "Leave out what is over the budget, be it of time or of memory. Of 24 times you chose: "
        f"{told(below + equal)}. The one that is too large is over one of the two."
    )
    assert found >= limits.within, (
        "Leave out what is over the budget first, then compare the others. You chose: "
        f"{told(below)}; the next best is to be taken {limits.within:.0%} of the time."
    )
    assert exact >= limits.within, (
        "Keep a candidate that needs exactly as much as the budget gives. The next best one does. "
        f"You chose: {told(equal)}; it is to be taken {limits.within:.0%} of the time."
    )


@criterion(points=1, hint="What is left when all are too large?")
def refuses_when_nothing_fits(learner, world, limits, evidence):
    """No candidate is chosen when all of them are over the budget."""
    over = {("small", "milliseconds"): 1.5, ("large", "megabytes"): 2.0}
    past = draw(world.rng("nothing"), {"small": POOR, "large": SHARP}, over)
    slow = {("small", "milliseconds"): 1.5}
    one_fits = draw(world.rng("one fits"), {"small": POOR, "fits": SHARP}, slow)

    assert choose(learner, one_fits) == "fits", (
        "Choose among what fits: of two candidates one is over the budget, and you chose that one."
    )
    raised = learner.refuses("choose", past.listed, past.flights, past.budget)

    seen = f"raised {raised.kind}" if raised else "returned an answer"
    assert seen == "raised ValueError", (
        f"Raise a ValueError when every candidate is over the budget; `choose` {seen}."
    )


def ask_difference(learner, pair):
    """Ask for the difference of two candidates between the ends of its interval."""
    two = pair.candidates.values()
    answer = learner.call("cost_difference", pair.flights, *two, returns=tuple)
    numbers = [value for value in answer if type(value) in (int, float) and math.isfinite(value)]
    assert len(answer) == len(numbers) == 3, (
        "Return three numbers: lower end, difference, upper end. `cost_difference` returned "
        f"{len(answer)} values, {len(numbers)} of them numbers."
    )
    return numbers


def choose(learner, past):
    """Ask for a choice; return what the chosen candidate is, or the answer if it is none."""
    name = learner.call("choose", past.listed, past.flights, past.budget, returns=str)
    roles = {candidate["name"]: role for role, candidate in past.candidates.items()}
    return roles.get(name, f"{name[:20]!r}, no candidate")


def share(chosen, role):
    return chosen.count(role) / len(chosen)


def told(chosen):
    return ", ".join(f"{role} ({times} times)" for role, times in Counter(chosen).most_common(4))


def slip(pairs, said):
    """Name the slip that explains the differences, or say what is asked for."""
    for words, how in SLIPS.items():
        if np.allclose([pair.difference(*how).mean() for pair in pairs], said):
            return words
    return "Take the mean over all flights, times 1,000, dearer minus cheaper."


def wrong_width(share):
    """Name what makes intervals too narrow or too wide, or say what is asked for."""
    said = f"In the mean, your intervals are {share:.0%} as wide as those of paired days."
    if 0 < share < NARROW:
        return (
            "Take whole days as the units, not flights: those of one day share its weather, so "
            "they say less than as many independent ones. And leave out 2.5 % on each side. " + said
        )
    if share > WIDE:
        return (
            "Compare the two candidates flight by flight: subtract their costs first, so that "
            "what both find hard cancels. " + said
        )
    return (
        "Let each pair's own days say how wide its interval is, and begin with the lower end: "
        "some differences vary much from day to day, some little."
    )


def wrong_rule(drawn, chosen):
    """Name the rule that explains three of four choices, or say what is asked for."""
    places = {"cheapest": 0, "dearest": -1}
    for rule, words in RULES.items():
        roles = [[*p.candidates][places[rule]] if rule in places else rule for p in drawn]
        if np.mean([a == b for a, b in zip(roles, chosen, strict=True)]) >= 0.75:
            return words
    return "Choose by what the decisions cost."
