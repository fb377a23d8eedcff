"""Both models' flights are drawn, so the judge knows which challenger is truly better."""

import numpy as np
import pandas as pd

from workbench.authoring import criterion, scenarios

from _challengers import (
    BLURRED,
    PAIRS,
    SHARP,
    WEEKS,
    Days,
    Route,
    draw_case,
    harmful,
    harmless,
    savings,
    unlucky,
)

WORLDS = {"equal": 40, "better": 12, "worse": 12}
RIGHT = {"equal": "wait", "better": "promote", "worse": "refuse"}
GATES, TRIES = 8, 30
WATCHES = {  # the promoted model, its route, and how many
    "stormy routes, harmless": (harmless, Route.loud, 20),
    "calm routes, one bad week": (unlucky, Route.quiet, 20),
    "stormy routes, harmful": (harmful, Route.loud, 8),
    "calm routes, harmful": (harmful, Route.quiet, 8),
}
COST = {"stormy routes, harmful": 370, "calm routes, harmful": 60}  # more per 1,000 flights


@criterion(points=2, hint="Terms: expected cost, paired comparison.")
def measures_the_saving(learner, world, limits, evidence, notes):
    """The saving is the one of the flights that the challenger was not trained on."""
    cases = [draw_case(world, kind, i) for kind, many in WORLDS.items() for i in range(many)]

    answers = [numbers_of(decide(learner.new("PromotionGate", 1), case.flights)) for case in cases]

    off = [abs(a["saving"] - 1000 * c.savings.mean()) for a, c in zip(answers, cases, strict=True)]
    worst = int(np.argmax(off))
    case, said = cases[worst], answers[worst]["saving"]
    evidence.number("saving", off[worst])
    assert off[worst] <= limits.saving, (
        f"{slip(case, said)} One of {len(cases)} challengers was not trained on "
        f"{len(case.savings)} of its {len(case.flights)} flights. There it saves "
        f"{1000 * case.savings.mean():.1f} per 1,000; you said {said:.1f}. The limit is a "
        f"difference of {limits.saving}."
    )
    notes["judged"] = list(zip(cases, answers, strict=True))


@criterion(points=3, requires="measures_the_saving", hint="Terms: block bootstrap, Student's t.")
def knows_how_sure_it_is(learner, world, limits, evidence, notes):
    """The interval of a single try is as wide as chance is from day to day."""
    judged = [(case, a) for case, a in notes["judged"] if case.kind == "equal"]
    rng = world.rng("bootstrap")

    shares = np.array([reach(case, answer, rng) for case, answer in judged])

    narrow = np.quantile(shares.min(axis=1), 0.1)
    wide = np.quantile(shares.max(axis=1), 0.9)
    evidence.number("narrow", narrow)
    evidence.number("wide", wide)
    evidence.number("coverage", np.mean([a["low"] <= 0 <= a["high"] for _, a in judged]))
    rows = {f"challenger {i}": ends(a) for i, (_, a) in enumerate(judged[:12], 1)}
    title = "Your intervals of 12 challengers that truly save 0: nine in ten should hold 0"
    evidence.intervals(title, rows, unit="per 1,000 flights")
    seen = "side of one interval in ten is {} {:.0%} as long as a bootstrap of whole days gives"
    assert narrow >= limits.narrow, (
        "Your intervals of a gate with one try are too narrow. Most often, flights were taken as "
        "units instead of whole days: those of one day share its weather, so they say less than as "
        "many independent ones. "
        f"The shorter {seen.format('at most', narrow)}; at least {limits.narrow:.0%} is asked for."
    )
    assert wide <= limits.wide, (
        "Subtract the two costs flight by flight before you ask how sure the mean is: what both "
        "models find hard then cancels. Your intervals of a gate with one try are too wide. "
        f"The longer {seen.format('at least', wide)}; the limit is {limits.wide:.0%}."
    )


@criterion(points=2, requires="knows_how_sure_it_is", hint="Where does the interval begin and end?")
def promotes_only_the_better(learner, world, limits, evidence, notes):
    """Better challengers are promoted, worse ones refused, equal ones nearly never promoted."""
    found = {kind: [a for case, a in notes["judged"] if case.kind == kind] for kind in WORLDS}

    lucky = [a for a in found["equal"] if a["verdict"] == "promote"]
    right = {kind: np.mean([is_right(kind, a) for a in answers]) for kind, answers in found.items()}

    share, least = len(lucky) / WORLDS["equal"], min(right, key=right.get)
    evidence.number("promoted_equal", share)
    evidence.number("right_verdicts", right[least])
    draw_verdicts(evidence, found)
    assert share <= limits.promoted_equal, (
        "Promote only when the whole interval is above 0: a saving above 0 may be luck. Of "
        f"{WORLDS['equal']} challengers that are as good as the champion, you promoted "
        f"{share:.0%}; the limit is {limits.promoted_equal:.0%}. The first: {tell(lucky[0])}."
    )
    wrong = next((a for a in found[least] if not is_right(least, a)), None)
    assert right[least] >= limits.right_verdicts, (
        "Let the interval decide: above 0 it says promote, below 0 refuse, and with 0 inside it "
        f"says wait. Of {WORLDS[least]} challengers that truly are {least}, "
        f'{right[least]:.0%} got the verdict "{RIGHT[least]}" and an interval that says so; at '
        f"least {limits.right_verdicts:.0%} is asked for. The first other one: {tell(wrong)}."
    )


@criterion(points=1, requires="promotes_only_the_better", hint="Which days bring news?")
def waits_for_ten_days(learner, world, limits, evidence):
    """With fewer than ten days of new flights the verdict is to wait, whatever they show."""
    few = world.rng("few days").integers(6, 10, 6)
    cases = [
        draw_case(world, k, f"few {i}", days, (80, 121))
        for k in PAIRS
        for i, days in enumerate(few)
    ]

    answers = [decide(learner.new("PromotionGate", 1), case.flights) for case in cases]

    hasty = [answer["verdict"] for answer in answers if answer["verdict"] != "wait"]
    evidence.number("hasty", len(hasty))
    assert len(hasty) <= limits.hasty, (
        "Wait until ten days of flights are there that the challenger was not trained on: one "
        "storm among a few days decides everything, and days of training bring no news. Of 12 "
        f"challengers with 6 to 9 such days, {len(hasty)} got another verdict, the first "
        f'"{hasty[0]}"; the limit is {limits.hasty:.0f}.'
    )


@criterion(points=2, requires="promotes_only_the_better", hint="Terms: Bonferroni, alpha spending.")
def survives_many_tries(learner, world, limits, evidence):
    """Most gates that meet thirty challengers promote the better one and wait with all others."""
    lives = [live(learner, world.rng("life", number)) for number in range(GATES)]

    wrong, lost = sum(errors for _, errors in lives), sum(not found for found, _ in lives)
    right = np.mean([found and not errors for found, errors in lives])
    evidence.number("right_gates", right)
    bars = {f"gate {i}": errors for i, (_, errors) in enumerate(lives, 1)}
    evidence.bars(f"Of {TRIES - 1} equal challengers, promoted or refused", bars)
    assert right >= limits.right_gates, (
        "Share the risk of an error among all tries that a gate is made for: of 30 intervals that "
        f"are right nine times in ten, three are wrong. {GATES} gates met {TRIES} challengers "
        f"each, one of them better than the champion, the others as good as it. {right:.0%} of the "
        "gates promoted the better one and waited with all others, by verdict and by interval; at "
        f"least {limits.right_gates:.0%} is asked for. {wrong} equal ones were promoted, "
        f"refused, or had an interval without 0; {lost} better ones were not promoted."
    )


@criterion(points=2, requires="promotes_only_the_better", hint="What do all weeks say together?")
def rolls_back_harm(learner, world, limits, evidence):
    """A promoted challenger that turns out harmful is rolled back, a harmless one stays."""
    watches = {
        name: [watch(learner, world.rng(name, i), draw, route) for i in range(many)]
        for name, (draw, route, many) in WATCHES.items()
    }

    share = {name: np.mean([week > 0 for week in weeks]) for name, weeks in watches.items()}
    bad, good = "calm routes, one bad week", "stormy routes, harmless"
    least = min(COST, key=share.get)
    evidence.number("fooled", share[bad])
    evidence.number("dropped", share[good])
    evidence.number("caught", share[least])
    ends_in = {0: "stayed", **{week: f"week {week}" for week in range(1, WEEKS + 1)}}
    counts = [[weeks.count(end) for end in ends_in] for weeks in watches.values()]
    evidence.matrix("Rolled back", [*WATCHES], [*ends_in.values()], counts)
    assert share[bad] <= limits.fooled, (
        "Roll back on proof, not on a bad week: ask what all weeks since the promotion say, and "
        f"share the risk of an error among {WEEKS} looks. A week alone, taken at 5 %, looks bad by "
        f"chance for one model in four. Of {len(watches[bad])} such promoted challengers on calm "
        f"routes, all as good as the former champion, {share[bad]:.0%} were rolled back; the limit "
        f"is {limits.fooled:.0%}."
    )
    assert share[good] <= limits.dropped, (
        "No cutoff suits all routes: let the days tell how far the saving can move. "
        f"Of {len(watches[good])} promoted challengers on stormy routes that are as good as the "
        f"former champion, {share[good]:.0%} were rolled back; the limit is {limits.dropped:.0%}."
    )
    assert share[least] >= limits.caught, (
        "Gather the weeks since the promotion: together they prove what no single one can. "
        f"Of {len(watches[least])} promoted challengers on {least.split(', ')[0]} that came to "
        f"cost about {COST[least]} more per 1,000 flights, {share[least]:.0%} were rolled back "
        f"within {WEEKS} weeks; at least {limits.caught:.0%} is asked for. A harm that is small "
        "is sure as well, where all days are alike: no cutoff suits all routes."
    )


def live(learner, rng):
    """Let a gate meet all its challengers, each on flights of its own, one of them better.

    Return whether that one was promoted, and how many others were promoted or refused; an interval
    has to say what the verdict says.
    """
    gate, best = learner.new("PromotionGate", TRIES), rng.integers(1, 8)
    right = []
    for number in range(TRIES):
        days, kind = Days.draw(rng, 60, (11, 22)), SHARP if number == best else BLURRED
        flights = days.frame(rng, days.guess(rng, BLURRED), days.guess(rng, kind))
        answer = numbers_of(decide(gate, flights))
        right.append(is_right("better" if number == best else "equal", answer))
    return right.pop(best), right.count(False)


def watch(learner, rng, draw, route):
    """Promote a better challenger, watch it, and return the week of the rollback, or 0."""
    days, gate = Days.draw(rng, 40), learner.new("PromotionGate", 5)
    decide(gate, days.frame(rng, days.guess(rng, BLURRED), days.guess(rng, SHARP)))
    for week, (days, models) in enumerate(draw(rng, route), 1):
        if gate.call("review", days.frame(rng, *models), returns=bool):
            return week
    return 0


def decide(gate, flights):
    """Ask for a decision; its verdict is one of three."""
    answer = gate.call("decide", flights, returns=dict)
    seen = answer.get("verdict")
    verdict = seen if isinstance(seen, str) else ""
    assert verdict in RIGHT.values(), (
        'Return a dict whose `verdict` is "promote", "refuse" or "wait"; `decide` returned '
        f"{str(answer)[:80]}."
    )
    return answer


def numbers_of(answer):
    """Ask for the saving and its interval."""
    lost = [n for n in ("saving", "low", "high") if type(answer.get(n)) not in (int, float)]
    assert not lost, (
        "Return numbers for `saving`, `low` and `high` where ten days or more count; "
        f"not a number: {', '.join(lost)}. `decide` returned {str(answer)[:80]}."
    )
    return answer


def slip(case, said):
    """Name the slip that explains a saving, or say what is asked for."""
    new = case.flights[~case.flights["in_training"]]
    slips = {
        "Leave out the flights with `in_training`: the challenger has seen their labels, so it "
        "looks better there than it is.": savings(case.flights),
        "Subtract the challenger's cost from the champion's, not the reverse.": -savings(new),
        "Decide at 1/6, not at 1/2: a miss costs 5 times as much.": savings(new, 0.5),
        "All flights weigh the same: divide the sum over all flights by their number; the mean of "
        "the days' savings gives those of a day with few flights more weight.": (
            pd.Series(savings(new), index=new["date"]).groupby(level=0).mean()
        ),
    }
    for words, explained in slips.items():
        if abs(1000 * explained.mean() - said) < 0.01:
            return words
    return "Average what the champion's decisions cost minus what the challenger's do."


def reach(case, answer, rng):
    """How far an interval reaches to each side, as shares of what a bootstrap of days gives."""
    low, _, high = scenarios.day_block_interval(*case.by_day, rng, level=0.9, draws=600)
    sides = answer["saving"] - answer["low"], answer["high"] - answer["saving"]
    return [side / (500 * (high - low)) for side in sides]


def ends(answer):
    return answer["low"], answer["saving"], answer["high"]


def is_right(kind, answer):
    """Tell whether verdict and interval say what this kind of challenger is."""
    low, _, high = ends(answer)
    said = "promote" if low > 0 else "refuse" if high < 0 else "wait"
    return answer["verdict"] == said == RIGHT[kind]


def tell(answer):
    low, saving, high = ends(answer)
    return f'saving {saving:.0f}, interval {low:.0f} to {high:.0f}, "{answer["verdict"]}"'


def draw_verdicts(evidence, found):
    """Draw which challengers got which verdict."""
    verdicts = ["promote", "wait", "refuse"]
    given = [[answer["verdict"] for answer in answers] for answers in found.values()]
    counts = [[each.count(verdict) for verdict in verdicts] for each in given]
    evidence.matrix("Your verdicts, by what the challenger truly is", [*found], verdicts, counts)
