"""Real weeks, with rows broken by drawn rules, are split; each row is followed by its contents."""

from collections import Counter
from itertools import cycle, islice

import numpy as np

from workbench.authoring import BadAnswer, calendar, criterion

from _batches import (
    OUTCOME,
    PLAN,
    ROWS,
    SEASONS,
    SEVERAL,
    TWINS,
    Batch,
    clean,
    repeat,
    rows_of,
    spoil,
)

EACH = [("missing",), ("origin",), ("distance",), ("day",), ("departure",)]


@criterion(points=0)
def accepts_legal_weeks(learner, world, evidence):
    """Real weeks are accepted whole, with all the odd things that are legal."""
    for season, weeks in SEASONS.items():
        batch = clean(world, season, weeks, rows=None)
        accepted, _, verdict = split(learner, batch, evidence)

        refused = Counter(batch.sound) - Counter(rows_of(accepted))
        assert not refused, (
            "Quarantine what breaks a rule, and nothing else: all rows of this batch are legal. "
            f"{batch}: {refused.total()} were not accepted; one is {first(refused)}."
        )
        assert verdict == "accept", (
            f'Accept a batch of legal rows, whatever the weather. {batch}: you said "{verdict}".'
        )


@criterion(points=1, requires="accepts_legal_weeks")
def keeps_bad_rows_out(learner, world, evidence):
    """Rows that break a rule are not accepted, and no other row pays for them."""
    batch = spoil(world, "ten rows or so break each rule", EACH * 10)
    accepted, quarantined = map(rows_of, split(learner, batch, evidence)[:2])

    let_in = [(why, row) for row, why in batch.bad.items() if row in accepted]
    assert not let_in, (
        f"Keep out of the accepted what breaks a rule. {batch}: {len(let_in)} bad rows were "
        f'accepted; one breaks "{let_in[0][0]}": {first([let_in[0][1]])}.'
    )
    shut_out = [row for row in batch.sound if row in quarantined]
    assert not shut_out, (
        "Quarantine the bad row and not its neighbours: they may share its day or number. "
        f"{batch}: {len(shut_out)} sound rows were quarantined; one is {first(shut_out)}."
    )


@criterion(points=2, requires="keeps_bad_rows_out")
def brings_each_row_out_once(learner, world, evidence):
    """No row is lost and none is multiplied, also where labels or whole rows repeat."""
    again = spoil(world, "some flights are there twice", EACH * 3, calendar.WEEKS[1::2])
    again = repeat(world, again, {})
    daily = spoil(world, "its index starts at 0 on each day", EACH * 20, calendar.WEEKS[::2])
    daily.frame.index = np.arange(ROWS) % 300
    for batch in (again, daily):
        accepted, quarantined, _ = split(learner, batch, evidence)

        went, came = Counter(batch.rows), Counter(rows_of(accepted) + rows_of(quarantined))
        assert went <= came, (
            "Bring out every row: what is in neither part, nobody can repair. "
            f"{batch}: {(went - came).total()} were lost; one is {first(went - came)}."
        )
        assert came <= went, (
            f"Bring out each row once, as it was. {batch}: {(came - went).total()} came out more "
            f"often than they went in, or changed; one is {first(came - went)}."
        )
        side = Counter(batch.sound) - Counter(rows_of(accepted))
        assert not side, (
            "Choose rows by a mask or a position: other rows may have the same label in the index. "
            f"{batch}: {side.total()} sound rows were quarantined; one is {first(side)}."
        )


@criterion(points=1, requires="brings_each_row_out_once")
def quarantines_every_twin(learner, world, evidence):
    """All rows of a key that repeats are quarantined, the first and the sound one too."""
    for nth, (story, change) in enumerate(TWINS.items()):
        batch = repeat(world, clean(world, story, calendar.WEEKS[nth::3]), change)
        accepted, _, _ = split(learner, batch, evidence)

        twins = [row for row in rows_of(accepted) if row in batch.bad]
        assert not twins, (
            "Quarantine every row whose key another row has too: nobody knows which is right. "
            f"{batch}: {len(twins)} such rows were accepted; one is {first(twins)}."
        )


@criterion(points=2, requires="quarantines_every_twin")
def keeps_every_reason(learner, world, evidence):
    """Each quarantined row names all the rules that it breaks, and no others."""
    faults = EACH * 7 + SEVERAL * 4
    batch = repeat(world, spoil(world, "many rows break several rules", faults), {"distance": -1})
    said = reasons(split(learner, batch, evidence)[1])

    wrong = [(why, said.get(row, "")) for row, why in batch.bad.items() if said.get(row, "") != why]
    evidence.table("Reasons, the first ten that differ", ["due", "said"], wrong[:10])
    assert not wrong, (
        f"{advise(*wrong[0])} {batch}: {len(wrong)} of {len(batch.bad)} bad rows have other "
        f'reasons than due; where "{wrong[0][0]}" is due, one has "{wrong[0][1]}".'
    )


@criterion(points=1, requires="brings_each_row_out_once")
def keeps_columns_types_and_order(learner, world, evidence):
    """In both parts, columns, dtypes and the order of rows are those of the batch."""
    batch = spoil(world, "rows in any order, one more column, smaller dtypes", EACH * 5)
    order = world.rng("order").permutation(ROWS)
    types = {"dest": "category", "air_time": "float32", "flight": "float32"}
    frame = batch.frame.assign(feed=order % 7).astype(types).iloc[order].reset_index(drop=True)
    batch = Batch(frame, batch.story, [batch.due[i] for i in order])
    accepted, quarantined, _ = split(learner, batch, evidence)

    parts = [("accepted", accepted, [], batch.sound)]
    parts.append(("quarantined", quarantined, ["reasons"], [*batch.bad]))
    for name, part, more, due in parts:
        wanted, seen = [*frame.columns, *more], [*part.columns]
        assert seen == wanted, (
            f"Keep all columns of the batch, in their order. `{name}` should have "
            f"{', '.join(wanted)}; it has {', '.join(map(str, seen))}."
        )
        changed = [column for column in frame if part[column].dtype != frame[column].dtype]
        assert not changed, (
            f"Keep the dtype of every column. `{name}`: {changed[0]} is {part[changed[0]].dtype}; "
            f"in the batch it is {frame[changed[0]].dtype}."
        )
        moved = [(a, b) for a, b in zip(rows_of(part), due, strict=False) if a != b]
        assert not moved, (
            f"Keep the rows in the order of the batch. `{name}`: {len(moved)} rows are elsewhere; "
            f"where {first([moved[0][1]])} is due, there is {first([moved[0][0]])}."
        )


@criterion(points=1, requires="brings_each_row_out_once")
def leaves_the_batch_alone(learner, world):
    """What `nightly.py` archives after the split is the batch as it came."""
    frame = spoil(world, "for the archive", EACH * 5).frame
    frame.index += 1 + int(world.rng("index").integers(1000))

    files = {**learner.material("nightly.py"), **learner.submission}
    with learner.another(files) as desk:
        archive = desk.call("nightly", frame, returns=dict)["archive"]

    assert frame.equals(archive), (
        "Work on a new frame: whoever calls `quarantine` goes on with the batch. `nightly.py` "
        f"splits a batch and archives it; {compare(archive, frame)}."
    )


@criterion(points=1, requires="keeps_every_reason")
def runs_again(learner, world, evidence):
    """What was accepted is accepted again; what was quarantined is so again, until repaired."""
    batch = repeat(world, spoil(world, "a first run", EACH * 7, calendar.WEEKS[::2]), {})
    repaired = clean(world, "rows that were repaired", calendar.WEEKS[1::2])
    accepted, quarantined, _ = split(learner, batch, evidence)

    _, out, verdict = split(learner, Batch(accepted, "the accepted rows of a first run"), evidence)
    assert (len(out), verdict) == (0, "accept"), (
        "Judge a batch by its own rows, not by earlier batches. Of rows that were accepted in a "
        f'first run, {len(out)} were quarantined in the second, with the verdict "{verdict}".'
    )
    _, again, _ = split(learner, Batch(quarantined, "the quarantined ones"), evidence)
    before, now = reasons(quarantined), reasons(again)
    changed = [(why, now.get(row)) for row, why in before.items() if now.get(row) != why]
    assert not changed, (
        "Find the reasons anew: what the column `reasons` brings is from an earlier run. Of rows "
        f"that were quarantined in a first run, {len(changed)} have other reasons in the second; "
        f'"{changed[0][0]}" became "{changed[0][1]}".'
    )
    frame = repaired.frame.assign(reasons="day")
    back, _, _ = split(learner, Batch(frame, repaired.story), evidence)
    assert (len(back), [*back.columns]) == (ROWS, [*repaired.frame.columns]), (
        "Accept rows that were repaired, without the column `reasons` that they bring. Of "
        f"{ROWS}, {len(back)} were accepted, with the columns {', '.join(map(str, back.columns))}."
    )


@criterion(points=2, requires="brings_each_row_out_once")
def weighs_the_share(learner, world, evidence):
    """Up to 5 % of bad rows leave a batch accepted; more of them reject it."""
    rng = world.rng("share")
    # twentieths of a batch: sizes differ, so that no count of bad rows can stand for 5 %
    few, many, single = rng.integers(50, 80), rng.integers(120, 190), rng.integers(len(EACH))
    quarters = [calendar.WEEKS[nth::4] for nth in range(4)]
    plan = [
        ("one bad row", 40, EACH[single:], 1, "accept"),
        ("a bit below 5 % are bad, for a reason each", many, EACH, many - 2, "accept"),
        ("a bit below 5 %, for several reasons each", many, SEVERAL, many - 4, "accept"),
        ("a bit above 5 %, by all rules together", few, EACH, few + 2, "reject"),
    ]
    expect_verdicts(
        "Reject a batch if more than 5 % of its rows are quarantined, otherwise accept it.",
        [
            (spoil(world, story, [*islice(cycle(faults), bad)], weeks, 20 * twentieth), due)
            for weeks, (story, twentieth, faults, bad, due) in zip(quarters, plan, strict=True)
        ],
        learner,
        evidence,
    )


@criterion(points=1, requires="weighs_the_share")
def rejects_a_broken_feed(learner, world, evidence):
    """A batch without rows, or without one of its columns, is rejected."""
    whole = clean(world, "nothing is lost").frame
    rng = world.rng("lost")
    lost = [
        Batch(whole.drop(columns=name), f"without {name}", ["columns"] * ROWS)
        for name in ("tailnum", rng.choice(PLAN), rng.choice(OUTCOME[1:]))  # no rule reads tailnum
    ]
    batches = [(Batch(whole.iloc[:0], "no row"), "reject"), *((b, "reject") for b in lost)]
    batches.append((Batch(whole, "nothing is lost"), "accept"))
    advice = "Reject a batch that has no row, or not all of its twelve columns; no others."
    parts = expect_verdicts(advice, batches, learner, evidence)
    for batch, (accepted, quarantined, _) in zip(lost, parts[1:], strict=False):
        said = [*quarantined.get("reasons", [])]
        assert (len(accepted), said) == (0, batch.due), (
            'Quarantine all rows with "columns" as the one reason if a column is lost: none can '
            f"be judged. {batch}: {said.count('columns')} of {ROWS} were; "
            f"{len(accepted)} were accepted."
        )


def split(learner, batch, evidence):
    """Let the learner split a batch, and note how many rows came out where."""
    parts = learner.call("quarantine", batch.frame, returns=tuple)
    kinds = [type(part).__name__ for part in parts]
    if kinds != ["DataFrame", "DataFrame", "str"]:
        raise BadAnswer(
            "Return a `Split` of two DataFrames and a text; `quarantine` returned "
            f"{', '.join(kinds) or 'nothing'}."
        )
    wanted = {*batch.frame} & {*PLAN, *OUTCOME}
    for part in parts[:2]:
        if len(part) and not (part.columns.is_unique and wanted <= {*part.columns}):
            seen = ", ".join(map(str, part.columns))
            raise BadAnswer(f"Keep each column of the batch, once; a part has {seen}.")
    sizes = [len(batch.frame), len(parts[0]), len(parts[1])]
    evidence.table(f"{batch}", ["rows", "accepted", "quarantined", "verdict"], [[*sizes, parts[2]]])
    return parts


def expect_verdicts(advice, batches, learner, evidence):
    answers = [split(learner, batch, evidence) for batch, _ in batches]
    told = [(*pair, *parts) for pair, parts in zip(batches, answers, strict=True)]
    shares = {b.story: len(out) / max(1, len(b.frame)) for b, _, _, out, _ in told}
    evidence.bars("Share of quarantined rows", shares, limit=0.05)
    for batch, due, _, _, verdict in told:
        assert verdict == due, f'{advice} {batch}: "{due}" is due; you said "{verdict}".'
    return answers


def reasons(quarantined):
    """The reasons of each row by its contents."""
    said = quarantined.get("reasons", [""] * len(quarantined))
    return dict(zip(rows_of(quarantined), map(str, said), strict=True))


def first(rows):
    """One row by its key."""
    date, carrier, flight, origin, *_ = next(iter(rows), [None] * 4)
    return f"flight {carrier} {flight} from {origin} on {str(date)[:10]}"


def advise(due, said):
    if set(due.split(", ")) - set(said.split(", ")):
        return "Name every rule that a row breaks: one does not replace another."
    if set(said.split(", ")) - set(due.split(", ")):
        return "Name what a row breaks and nothing else; see what a missing value breaks."
    return 'Write the rules in the order of the table, joined with ", ".'


def compare(archive, frame):
    if [*archive.columns] != [*frame.columns]:
        return f"its columns are {', '.join(map(str, archive.columns))} now"
    return f"it has {len(archive)} rows, {len(frame)} came, or its index or values are others now"
