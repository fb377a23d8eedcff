"""Calendars and worlds are drawn; what happens after the last known day stays with the judge."""

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

from workbench.authoring import LearnerRaised, criterion, scenarios

from _calendar import (
    FEATURES,
    LATER,
    PAST,
    SHAPE,
    STRENGTHS,
    Case,
    draw_calendar,
    planted,
    real_rows,
    turn,
)

THRESHOLD = 1 / 6
MEMORY = 0.5  # training rows promise a third of the cost, shuffled rows two thirds


@criterion(points=0, hint="Write it as a generator: one `yield` for each fold.")
def gives_the_folds_asked_for(learner, world, limits, evidence):
    """There are as many folds as asked for, each with positions of training and of test rows."""
    case = Case.draw(world.rng("folds"))

    splitter = learner.new("SplitByTime", **case.shape)
    count, folds = splitter.call("get_n_splits", returns=int), ask(splitter, case)

    wanted = case.shape["n_splits"]
    assert count == wanted, (
        f"Return the number of folds from `get_n_splits`: {wanted} were asked for by `n_splits`, "
        f"and it returned {count}."
    )
    assert len(folds) == wanted, (
        f"Yield every fold, not some of them: `n_splits` is {wanted}, "
        f"and `split` gave {len(folds)}."
    )


@criterion(points=2, requires="gives_the_folds_asked_for", hint="Term: TimeSeriesSplit.")
def tests_the_last_days(learner, world, limits, evidence):
    """The last days are tested, in whole days, each block after the rows it is trained for."""
    case = Case.draw(world.rng("blocks"))

    folds = ask(learner.new("SplitByTime", **case.shape), case)

    draw_calendar(evidence, case, folds)
    for number, (training, test) in enumerate(folds, 1):
        expect_past(number, case.days[training], case.days[test])
    for number, (_, test) in enumerate(folds, 1):
        expect_whole_days(case, number, test)
    for number, (wanted, (_, test)) in enumerate(zip(case.folds, folds, strict=True), 1):
        expect_block(case, number, wanted[1], test)


@criterion(points=2, requires="tests_the_last_days", hint="Term: numpy.timedelta64.")
def leaves_the_gap(learner, world, limits, evidence):
    """Training ends where labels end that are known on the morning of the test block."""
    cases = [Case.draw(world.rng("holes")), Case.draw(world.rng("other holes"))]
    cases.append(Case.draw(world.rng("the least"), n_splits=2, test_days=1, gap_days=0))
    for case in cases:
        folds = ask(learner.new("SplitByTime", **case.shape), case)
        for number, (wanted, fold) in enumerate(zip(case.folds, folds, strict=True), 1):
            expect_block(case, number, wanted[1], fold[1])
            expect_training(case, number, wanted, fold[0])


@criterion(points=1, requires="leaves_the_gap", hint="Does your code sort, or rely on sorted rows?")
def works_in_any_order(learner, world, limits, evidence):
    """Rows that are not sorted by time are split as sorted ones are."""
    case = Case.draw(world.rng("order"))
    shuffled = case.take(world.rng("shuffle").permutation(len(case.times)))

    folds = ask(learner.new("SplitByTime", **case.shape), shuffled)

    expect_folds(
        shuffled,
        folds,
        "Go by each row's time, not by its place in the frame. Sorted rows were split well; of "
        "the same rows in another order,",
    )


@criterion(points=1, requires="works_in_any_order", hint="What is `groups.to_numpy()`?")
def counts_positions(learner, world, limits, evidence):
    """Folds are positions, whatever the index says, also where its labels repeat."""
    case, rng = Case.draw(world.rng("index")), world.rng("labels")
    labelled = case.label(rng.integers(0, len(case.times), len(case.times)))

    folds = ask(learner.new("SplitByTime", **case.shape), labelled)

    expect_folds(
        labelled,
        folds,
        "Yield positions, from 0 to the number of rows less 1, not labels of the index. Of rows "
        "whose index labels repeat,",
    )


@criterion(points=1, requires="leaves_the_gap", hint="Which fold has the fewest training rows?")
def refuses_too_few_days(learner, world, limits, evidence):
    """A fold without training rows is an error; with one day more there is none."""
    shape = {"n_splits": int(world.rng("few").integers(2, 5)), "test_days": 3, "gap_days": 5}
    needed = 3 * shape["n_splits"] + 5 + 1
    times = pd.Series(pd.date_range("2013-05-01", periods=2 * needed, freq="12h"))
    enough = Case(times, shape)

    ask(learner.new("SplitByTime", **shape), enough)
    kind = error_of(learner.new("SplitByTime", **shape), enough.take(np.arange(2, 2 * needed)))
    tested = np.arange(2 * (needed - 3 * shape["n_splits"]), 2 * needed)
    sparse = error_of(learner.new("SplitByTime", **shape), enough.take(np.append(0, tested)))

    assert kind == "ValueError", (
        "Raise ValueError when a fold would have no training row. With "
        f"{needed - 1} days in a row and {shape}, no label is known before the first block; "
        f"seen: {kind or 'no error'}."
    )
    assert sparse is None, (
        "Look for training rows, don't count days: days without rows may lie before the first "
        f"block. With one row on the first of {needed} days, nothing until the tested ones, and "
        f"{shape}, each fold has that row to train on; seen: {sparse}."
    )


@criterion(points=1, requires="counts_positions", hint="Term: leakage.")
def is_close_to_what_then_happens(learner, world, limits, evidence, notes):
    """The estimate is near the cost of the months that follow, and not too good."""
    rows, bars, ratios, asked = real_rows(world, PAST + LATER), {}, [], []
    for name, strength in zip("ABCD", STRENGTHS, strict=True):
        past, later = planted(rows, world.rng("world", name), strength, PAST)
        past = past.sample(frac=1, random_state=world.rng("rows", name))
        asked.append((past, SHAPE, costs(learner, past, SHAPE)))
        estimate, happened = float(np.mean(asked[-1][-1])), cost_later(past, later)
        bars |= {f"{name} estimated": estimate, f"{name} happened": happened}
        ratios.append(max(estimate, 1e-9) / happened)

    notes["asked"] = asked
    logs = np.log(ratios)
    ratio, off = float(np.exp(logs.mean())), float(np.exp(np.abs(logs).mean()) - 1)
    evidence.number("too_good", 1 - ratio)
    evidence.number("off", off)
    evidence.bars("Estimated cost, and what then happened", bars, unit="per 1,000 flights")
    seen = f"On average over {len(ratios)} worlds, your estimate was {ratio:.2f} times the cost"
    assert ratio >= MEMORY, (
        "Test on rows that the model was not trained on: of those it knows the labels by heart. "
        f"{seen} that then came; an estimate on training rows is a third of it."
    )
    assert ratio >= 1 - limits.too_good, (
        "Don't let rows of one day stand on both sides: the model learns from some what kind of "
        f"day the others had. {seen} that then came; {1 - limits.too_good:.2f} is the limit. "
        "Shuffled rows give two thirds."
    )
    assert off <= limits.off, (
        "Estimate the cost of the desk's model: of its probabilities, with `cost`. Your estimate "
        f"was {off:.0%} away from what then came, on average over {len(ratios)} worlds; the limit "
        f"is {limits.off:.0%}."
    )


@criterion(points=4, requires="is_close_to_what_then_happens", hint="Which morning is it?")
def believes_known_labels_only(learner, world, limits, evidence, notes):
    """The cost of a block is that of the desk's model, trained on the labels known by then."""
    shape = {"n_splits": 2, "test_days": 14, "gap_days": int(world.rng("gap").integers(4, 9))}
    past, _ = planted(real_rows(world, 8), world.rng("turned"), STRENGTHS[1], 8)
    case = Case(past["time"], shape)
    (known, _), (all_known, block) = case.folds
    gap = np.setdiff1d(np.flatnonzero(case.days < case.days[block].min()), all_known)

    before = costs(learner, past, shape)
    unknown, own, newer = (
        np.abs(np.subtract(costs(learner, turn(past, rows), shape), before)) > 1e-6
        for rows in (gap, block, np.setdiff1d(all_known, known))
    )

    turned = "With these labels turned around, `True` for `False`,"
    assert not own[0], (
        "Return the costs oldest block first, each from its own block and the past of that. The "
        f"last block's labels came later than the first block. {turned} the first cost changed."
    )
    assert not unknown[1], (
        f"Train on labels that are known by then. In the {shape['gap_days']} days before the last "
        f"block no label was known on its morning. {turned} the cost of that block changed."
    )
    assert newer[1], (
        "Train anew for each block. After the first block's morning, new labels arrived before the "
        f"last one began. {turned} the cost of the last block stayed as it was."
    )
    asked = [*notes["asked"], (past, shape, before)]
    apart, due, seen = max(block for question in asked for block in compare(*question))
    evidence.number("apart", apart)
    assert apart <= limits.apart, (
        "Let the desk's model decide in each block, and return its cost as it is. The cost of a "
        f"block is {due:.0f} per 1,000 flights; you returned {seen:.0f}, which is {apart:.0%} off; "
        f"the limit is {limits.apart:.0%}."
    )


def ask(splitter, case):
    """Ask for all folds, and look whether they are positions."""
    frame = pd.DataFrame({"hour": case.times.dt.hour})
    folds = splitter.call("split", frame, groups=case.times, returns=list)
    return [(positions(fold, 0, case), positions(fold, 1, case)) for fold in folds]


def positions(fold, side, case):
    pair = isinstance(fold, tuple | list) and len(fold) == 2
    rows = np.asarray(fold[side] if pair and isinstance(fold[side], np.ndarray | list) else "no")
    whole = rows.ndim == 1 and rows.dtype.kind in "iu"
    # labels of an index are the business of a later check
    fine = whole and len(rows) > 0 and len(np.unique(rows)) == len(rows)
    inside = fine and rows.min() >= 0 and rows.max() < len(case.times)
    seen = f"{len(rows)} of {rows.dtype}" if rows.ndim == 1 else "no such pair"
    unique = case.times.index.is_unique
    assert inside or (whole and not unique), (
        "Yield two arrays of whole numbers for each fold: positions of training rows and of test "
        f"rows, none empty, none twice. Of {len(case.times)} rows, a fold had {seen}."
    )
    return rows


def expect_past(number, training, test):
    span = f"Fold {number} trains on {training.min()} to {training.max()}, and tests {test.min()}"
    assert training.min() <= test.max(), (
        "Test after training: the model is to decide for the future. "
        f"{span} to {test.max()}, which is before."
    )
    assert training.max() <= test.min(), (
        "Train on the past only: no training row may be later than a row of the test block. "
        f"{span} to {test.max()}."
    )


def expect_whole_days(case, number, test):
    outside = np.setdiff1d(np.arange(len(case.times)), test)
    torn = np.intersect1d(case.days[test], case.days[outside])
    assert len(torn) == 0, (
        "Keep days whole: flights of one day share its luck. "
        f"Of {torn[:1]}, some rows are in the test block of fold {number} and some are not."
    )


def expect_block(case, number, wanted, test):
    days, right = np.unique(case.days[test]), np.unique(case.days[wanted])
    assert np.array_equal(days, right), (
        f"Test {case.shape['test_days']} days in each block, the last ones that have rows, oldest "
        f"block first. Fold {number} should test {right[0]} to {right[-1]}, {len(right)} days; "
        f"it tests {days[0]} to {days[-1]}, {len(days)} days."
    )


def expect_training(case, number, wanted, training):
    known, test = wanted
    first, gap = case.days[test].min(), case.shape["gap_days"]
    newest, right = case.days[training].max(), case.days[known].max()
    before = int((case.days < first).sum())
    seen = (
        f"The test block of fold {number} begins on {first}; with a gap of {gap} days the newest "
        f"training day should be {right}, and it is {newest}"
    )
    assert len(training) < before or newest <= right, (
        "Leave the gap: labels of the days before the test block have not arrived when it begins. "
        f"{seen}: all {before} rows before the block."
    )
    assert newest <= right, (
        "Measure the gap in days of the calendar, and leave out the day whose labels arrive on the "
        f"block's first day. {seen}."
    )
    assert np.array_equal(np.sort(training), known), (
        "Train on all rows whose labels are known. The gap counts days of the calendar, empty ones "
        "too, so the newest known day may lie further back. "
        f"{seen}: {len(training)} rows instead of {len(known)}."
    )


def expect_folds(case, folds, advice):
    for number, (wanted, seen) in enumerate(zip(case.folds, folds, strict=False), 1):
        for side, right, rows in zip(("training", "test"), wanted, seen, strict=True):
            wrong = len(np.setxor1d(right, rows)) + abs(len(np.unique(rows)) - len(rows))
            assert wrong == 0, (
                f"{advice} fold {number} should have {len(right)} {side} rows, the first at "
                f"position {right[0]}; {wrong} were wrong or are missing."
            )


def error_of(splitter, case):
    try:
        splitter.call("split", pd.DataFrame(index=case.times.index), groups=case.times)
    except LearnerRaised as raised:
        return raised.kind
    return None


def costs(learner, past, shape):
    """Ask for the cost of each block; index labels repeat."""
    past = past.set_axis(np.arange(len(past)) // 2)
    parts = past[FEATURES], past["late"], past["time"]
    answer = learner.call("estimate_costs", *parts, **shape, returns=list)
    numbers = [float(a) for a in answer if type(a) in {int, float} and np.isfinite(a) and a >= 0]
    assert len(numbers) == len(answer) == shape["n_splits"], (
        f"Return one cost for each block, a number of 0 or more: {shape['n_splits']} blocks were "
        f"asked for, and `estimate_costs` returned {answer!r:.100}."
    )
    return numbers


def compare(past, shape, answer):
    """Yield for each block by what share the answer is off, the cost that is due, the answer."""
    for (known, block), seen in zip(Case(past["time"], shape).folds, answer, strict=True):
        test = past.iloc[block]
        due = cost_later(past.iloc[known], test.assign(chance=test["late"]))
        yield abs(seen - due) / max(due, 1.0), due, seen


def cost_later(past, later):
    """Let the model of desk.py, trained on all that is known, decide in the months that follow."""
    model = HistGradientBoostingClassifier(
        max_iter=30, learning_rate=0.2, max_leaf_nodes=15, min_samples_leaf=5, random_state=0
    ).fit(past[FEATURES], past["late"])
    decisions = model.predict_proba(later[FEATURES])[:, 1] >= THRESHOLD
    return scenarios.decision_cost(later["chance"], decisions)
