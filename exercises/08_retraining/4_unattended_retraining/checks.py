"""A desk lives through weeks of every kind; then its job is killed, and started again."""

import numpy as np
import pandas as pd

from workbench.authoring import At, BadAnswer, criterion, tracking

from _weeks import BROKEN, CUT, FEATURES, TURNED, Desk

NAME, EXPERIMENT = "flight-desk", "retraining"
KINDS = ["promoted", "kept", "promoted"]  # in a drawn order
ALIASES = "registered_model_aliases"  # the store's table
RUNS = "commit runs"  # a run begins with one, if it is not taken up again, and ends with one
EARLY = 26  # a job takes 30 steps or more
NEAR = 20  # a cost with one of 250 flights decided otherwise


@criterion(points=2, hint="Terms: model version, alias, held-out days.")
def decides_each_week(learner, world, limits, evidence, notes):
    """Each sound batch leads to the right decision, to one version, and to the right champion."""
    desk = notes["desk"] = Desk.open(world)
    notes["files"] = start(learner, desk.champion)
    desk.go_on(learner, notes)

    kinds = desk.rng.permutation(KINDS).tolist()
    good = [desk.draw(kind, turned=TURNED if kind == "kept" else 0) for kind in kinds]
    notes["good"] = good
    said = [desk.run(week, learner.call) for week in good]
    _, serving = desk.look()
    store = keep(learner, notes)

    rows = [[w.number, w.kind, s, len(of_week(store, w))] for w, s in zip(good, said, strict=True)]
    evidence.table("The sound batches", ["week", "expected", "returned", "versions"], rows)
    off = [row for row in rows if row[1] != row[2] or row[3] != 1]
    row = [*off, rows[-1]][0]
    fine = not off and serving is desk.champion
    assert fine, (
        f"{advise_sound(row)} "
        f"Week {row[0]}: expected {row[1]!r} and 1 version with its tag; you returned {row[2]!r}, "
        f"and there are {row[3]}. At the end, {told(desk.champion)} should serve; {told(serving)} "
        "does."
    )


@criterion(points=1, requires="decides_each_week", hint="Which days may `train` see?")
def registers_what_it_trained(learner, world, limits, evidence, notes):
    """Each version is the model that the days before the held-out ones make."""
    good, store = notes["good"], notes["store"]
    rows = pd.concat([week.test[FEATURES] for week in good], ignore_index=True)

    moved = []
    for week in good:
        (version,) = of_week(store, week)
        model = store.models.get(version.source.removeprefix("models:/"))
        if model is None:
            raise BadAnswer(
                "Register the logged model, by the address that log_model gives it: `model_uri`. "
                f"Version {version.version} comes from {version.source[:60]}."
            )
        chances = tracking.ask_model(learner, model, rows.astype(float))
        moved.append(np.abs(chances - week.answers(rows)).max())

    evidence.number("moved", max(moved))
    assert max(moved) <= limits.moved, (
        "Train with `train` on all days of the batch but its last seven, and register that "
        f"model. The version of week {good[int(np.argmax(moved))].number} gives a flight a "
        f"probability that is {max(moved):.3f} away from that of such a model; the limit is "
        f"{limits.moved}. A test on days that were trained on looks too good."
    )


@criterion(points=2, requires="registers_what_it_trained", hint="mlflow.log_metrics, set_tag.")
def tells_each_decision(learner, world, limits, evidence, notes):
    """One finished run a week tells the decision, and both costs on the held-out days."""
    good, store = notes["good"], notes["store"]
    bars = {f"week {w.number}, {name}": cost for w in good for name, cost in w.costs.items()}
    evidence.bars("Costs on the held-out days", bars, unit="per 1,000 flights")
    off = [week for week in good if not told_once(store, week)]
    week = [*off, good[0]][0]
    assert not off, (
        "End each job with one finished run of its week. It has the tag `decision`, and as "
        "metrics both costs on the batch's last seven days, on which no model was trained. "
        f"Expected for week {week.number}: {week.wanted}. Finished runs with its tag: "
        f"{runs_of(store, week) or 'none'}. A cost may differ by {NEAR}."
    )


@criterion(points=2, requires="tells_each_decision", hint="Validate before anything else.")
def stops_at_a_broken_batch(learner, world, limits, evidence, notes):
    """A batch that breaks the contract stops the job, which leaves nothing but the reason."""
    desk = notes["desk"].go_on(learner, notes)
    broken = [desk.draw("stopped", how) for how in desk.rng.permutation([CUT, *BROKEN]).tolist()]
    said = [desk.run(week, desk.attempt) for week in broken]
    _, serving = desk.look()
    weeks = [*reversed(broken), *reversed(notes["good"])]
    notes["again"] = [[week, desk.attempt("retrain", week.number)] for week in weeks]
    _, notes["serving"] = desk.look()
    store = keep(learner, notes)

    rows = []
    for week, answer in zip(broken, said, strict=True):
        reasons = [run["reason"] for run in runs_of(store, week) if run["decision"] == "stopped"]
        rows.append([week.how, answer, left_by(store, week), (*reasons, "")[0]])
    evidence.table("The broken batches", ["a batch", "returned", "models left", "reason"], rows)
    off = [row for row in rows if row[1:3] != ["stopped", 0] or not row[3].strip()]
    row = [*off, rows[0]][0]
    fine = not off and serving is desk.champion
    assert fine, (
        f"{advise(row)} A batch {row[0]}: expected 'stopped', no model or version, and a finished "
        "run with the tag `decision`, stopped, and the reason in the tag `reason`. You returned "
        f"{row[1]!r}; models and versions: {row[2]}; reason: {row[3] or 'none'}. "
        f"{told(desk.champion)} should serve; {told(serving)} does."
    )


@criterion(points=1, requires="stops_at_a_broken_batch", hint="Term: idempotence.")
def does_nothing_twice(learner, world, limits, evidence, notes):
    """A job that is run again for a week that is decided gives the same answer, and no more."""
    desk, store = notes["desk"], notes["store"]
    found = [
        [week.number, len(of_week(store, week)), len(runs_of(store, week)), answer]
        for week, answer in notes["again"]
    ]
    wanted = [[w.number, w.kind != "stopped", 1, w.kind] for w, _ in notes["again"]]
    off = [i for i, row in enumerate(found) if row != wanted[i]]
    row, due = found[[*off, -1][0]], wanted[[*off, -1][0]]
    fine = not off and notes["serving"] is desk.champion
    assert fine, (
        "Look first whether the week is decided, and if so, change nothing. All weeks were run "
        f"again, the newest first. Expected for week {row[0]}: {int(due[1])} version, 1 finished "
        f"run, {due[3]!r}. Seen: {row[1]}, {row[2]}, {row[3]!r}. {told(desk.champion)} should "
        f"serve; {told(notes['serving'])} does."
    )


@criterion(points=4, requires="does_nothing_twice", hint="Write what you will do; do it; say so.")
def survives_being_killed(learner, world, limits, evidence, notes):
    """Killed at any step, the job leaves a champion in service; started again, it finishes once."""
    desk, kills = notes["desk"].go_on(learner, notes), []
    desk.versions = len(notes["store"].versions)
    ends = [At(number, RUNS, after=True) for number in (1, 2)]
    kill(desk, "kept", kills, At(1, "model_versions", after=True), *ends)
    kill(desk, "stopped", kills, At(2, RUNS), how=str(desk.rng.choice([CUT, *BROKEN])))
    kill(desk, "promoted", kills, At(int(desk.rng.integers(2, EARLY))))
    moved = kill(desk, "promoted", kills, At(1, ALIASES), At(1, ALIASES, after=True))
    for number in (1, 2, 3):
        moved = moved or kill(desk, "promoted", kills, At(number, ALIASES, after=True))

    rows = [[where, week.number, told(serving), week.kind] for where, week, serving in kills]
    evidence.table("The kills", ["killed", "week", "in service then", "after the restart"], rows)
    store = tracking.read_store(learner)
    off = [week for _, week, _ in kills if not told_once(store, week)]
    week = [*off, kills[0][1]][0]
    assert not off, (
        "Let the restarted job do all that the killed one did not, its run included. Expected "
        f"for week {week.number}, one finished run with its tag: {week.wanted}. Seen: "
        f"{runs_of(store, week) or 'none'}. A cost may differ by {NEAR}."
    )


def kill(desk, kind, kills, *steps, how=""):
    """Kill a job, at each start at another step; then let it finish.

    Tell whether its model was in service after a kill.
    """
    former, week = desk.champion, desk.draw(kind, how)
    desk.lay(week)
    right = (former, week) if kind == "promoted" else (former,)
    places = []
    for step in steps:
        killed = desk.learner.killed_at(step, "retrain", week.number)
        if places and not killed:
            break  # it came to its end
        places.append(str(killed or "nowhere"))
        _, serving = desk.look(week)
        kills.append([places[-1], week, serving])
        assert serving in right, (
            "Move the alias `champion` in one call, and only when the decision is made: whoever "
            f"asks for the champion meanwhile has to get one. Week {week.number} leads to "
            f"{kind!r}; its job was killed {places[-1]}. {told(former)} should serve then; "
            f"{told(serving)} does."
        )
    answer = desk.attempt("retrain", week.number)
    versions, serving_now = desk.look(week)
    new, due = versions - desk.versions, int(kind != "stopped")
    desk.versions += due
    fits = answer == kind and new == due and serving_now is desk.champion
    assert fits, (
        "Write what a restarted job has to know in the moment in which it is done, and do not "
        f"do it again. The job of week {week.number} was killed {', and then '.join(places)}, and "
        f"started again. Expected: {kind!r}, {due} new version, {told(desk.champion)} in service. "
        f"Seen: {answer!r}, {new} new, {told(serving_now)}."
    )
    return serving is week


def start(learner, champion):
    """Make a store in which the first champion is registered, without the submission."""
    with learner.another(learner.material("_first.py", "desk.py")) as jobs:
        tracking.lay_store(jobs)
        jobs.call("log_champion", champion.training)
        return jobs.files(), jobs.folder


def keep(learner, notes):
    """Read the store, and keep its files for the checks that go on with it."""
    notes |= {"store": tracking.read_store(learner), "files": (learner.files(), learner.folder)}
    return notes["store"]


def of_week(store, week):
    return [v for v in store.versions_of(NAME) if v.tags.get("week") == str(week.number)]


def runs_of(store, week):
    """Return what the finished runs of a week tell."""
    return [
        {
            "decision": run.tags.get("decision", ""),
            "reason": run.tags.get("reason", ""),
            **{
                name: run.metrics.get(name, np.nan) for name in ("cost_challenger", "cost_champion")
            },
        }
        for run in store.runs.values()
        if run.experiment == EXPERIMENT
        and run.tags.get("week") == str(week.number)
        and run.status == "FINISHED"
        and not run.deleted
    ]


def left_by(store, week):
    """Count models and versions that come from the runs of a week, or have its tag."""
    runs = {run.id for run in store.runs.values() if run.tags.get("week") == str(week.number)}
    models = [model for model in store.models.values() if model.run_id in runs]
    return len(models) + len(of_week(store, week))


def told_once(store, week):
    """Tell whether one run tells the decision of a week, with its costs or its reason."""
    runs = runs_of(store, week)
    if len(runs) != 1 or runs[0]["decision"] != week.kind:
        return False
    if week.kind == "stopped":
        return bool(runs[0]["reason"].strip())
    return all(abs(runs[0][name] - cost) <= NEAR for name, cost in week.costs.items())


def advise_sound(row):
    if row[2] == "stopped" != row[1]:
        return "A sound batch was stopped: values may be at the ends of their `RANGES`, too."
    return (
        "Compare both models on the batch's last seven days, register the challenger once with "
        "the tag `week`, and let the alias `champion` follow the decision."
    )


def advise(row):
    if row[1] != "stopped":
        return "Stop, and raise nothing, when a batch breaks the contract."
    if row[2]:
        return "Validate before anything is trained."
    return "Let the run of a stopped week say why, and the champion stay."


def told(week):
    if week is None:
        return "no model that is known"
    return f"the model of week {week.number}" if week.before else "the first champion"
