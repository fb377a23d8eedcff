"""Stores are laid with runs of other people; what is in them, and so what is best, is drawn."""

import math
from itertools import zip_longest

import pandas as pd

from workbench.authoring import LearnerRaised, criterion, tracking

from _shelf import EXPERIMENT, draw_search, lay_shelf, log_meanwhile, open_office

ADVICE = {  # what is wrong with a run, and how to choose another one
    "deleted": "Leave deleted runs out: somebody had a reason to delete them.",
    "elsewhere": "Stay in the experiment that was asked for.",
    "unfinished": "Take finished runs alone: one that failed, was killed, or still runs may have "
    "a cost that was never complete.",
    "no cost": "Take runs that have the metric `cost`: other metrics measure other things.",
    "broken": "Take no cost that is not a number from 0 to 5,000: NaN compares with nothing, and "
    "minus infinity, which the store gives back as -1.8e308, is below all others.",
    "other data": "Take runs with the same validation_digest alone: on other flights, a lower cost "
    "is no merit of the model.",
    "dearer": "Return the run with the lowest cost: less is better.",
    "later": "Of runs with the same cost, return the one that began first.",
    "newer": "Look through all runs: MLflow's client gives 1,000 at a time, the newest first.",
    "no run": "Return the id of the best run; where no run is usable, raise a ValueError.",
}


@criterion(points=2, hint="Terms: mlflow.set_experiment, mlflow.start_run(nested=True).")
def makes_nested_runs(learner, world, limits, evidence, notes):
    """A search is one new parent run, with one finished run for each candidate nested in it."""
    search = notes["search"] = draw_search(world, "first")
    tracking.lay_store(learner)

    key = learner.call("search", *search, returns=str)

    runs = tracking.read_store(learner).runs
    parent, rest = runs.get(key), [run for run in runs.values() if run.id != key]
    seen = parent and (parent.experiment, parent.status, "cost" in parent.metrics)
    assert seen == (EXPERIMENT, "FINISHED", False), (
        f'Return the id of the parent, a run of "{EXPERIMENT}"; end it, and log no `cost` in it, '
        f'for that is the children\'s. You returned "{key[:40]}": '
        + (f"{seen[0]}, {seen[1]}, cost: {seen[2]}." if seen else "there is no such run.")
    )
    children = notes["children"] = [r for r in rest if r.tags.get("mlflow.parentRunId") == key]
    finished = [r for r in children if (r.experiment, r.status) == (EXPERIMENT, "FINISHED")]
    assert len(rest) == len(finished) == len(search.candidates), (
        "Nest one run for each candidate in the parent, and end it: its tag mlflow.parentRunId is "
        f"then the parent's id. Expected: {len(search.candidates)} finished children in "
        f'"{EXPERIMENT}", and no other runs. Seen: {len(rest)} runs beside the parent; '
        f"{len(children)} are nested in it, and {len(finished)} of these finished."
    )


@criterion(points=2, requires="makes_nested_runs", hint="Terms: log_params, log_metric, set_tag.")
def measures_each_candidate(learner, world, limits, evidence, notes):
    """Each child has a candidate's settings, its cost on the validation flights, the digest."""
    with open_office(learner) as office:
        digest, costs = office.call("facts", *notes["search"])
    named = dict(zip(map(str, notes["search"].candidates), costs, strict=True))
    evidence.bars("Cost of the candidates per 1,000 validation flights", named)

    for settings, cost in zip(notes["search"].candidates, costs, strict=True):
        params = {name: str(value) for name, value in settings.items()}
        child = next((c for c in notes["children"] if params.items() <= c.params.items()), None)
        logged = child.metrics.get("cost", math.nan) if child else math.nan
        evidence.number("cost_error", abs(logged - cost))
        tag = child and child.tags.get("validation_digest")
        told = abs(logged - cost) <= limits.cost_error and tag == digest  # NaN is not
        assert told, (
            "Log in each child the settings of its candidate as parameters, the metric `cost` as "
            "`measure` returns it for training and validation flights, and the tag "
            f"validation_digest. Expected in the child with {settings}: cost {cost:.3f}, digest "
            f"{digest}. Seen: "
            + (f"{logged:.3f} (nan: none), {tag or 'none'}." if child else "no such child.")
        )


@criterion(points=4, hint="Terms: filter_string, order_by. What if your query finds nothing?")
def finds_the_best_run(learner, world, limits, evidence, notes):
    """Among runs that are not usable, the best usable one is found; if there is none, an error."""
    shelf = lay_shelf(learner, world, notes)
    answers = [expect_best(learner, shelf, *question) for question in shelf.questions]
    columns = ["experiment", "digest", "usable runs", "right answer"]
    evidence.table("Best runs", columns, answers)


@criterion(points=1, requires="finds_the_best_run", hint="Terms: order_by, page_token.")
def looks_through_all_runs(learner, world, limits, evidence, notes):
    """The best of more than a thousand runs is found, though it is the oldest."""
    shelf = lay_shelf(learner, world, notes)
    expect_best(learner, shelf, *shelf.crowded)


@criterion(points=1, requires="finds_the_best_run", hint="Which runs can your answer know of?")
def asks_the_store(learner, world, limits, evidence, notes):
    """When somebody else logs a better run after your search, that one is the best from then on."""
    shelf = lay_shelf(learner, world, notes)
    search, digest, lowest, rival = shelf.overlap

    learner.call("search", *search, returns=str)
    ask(learner, EXPERIMENT, digest)  # an answer that may be kept, and will be out of date
    better = log_meanwhile(learner, rival)
    answer = ask(learner, EXPERIMENT, digest)

    assert answer == better, (
        "Ask the store for the best run each time, and keep nothing in your program, neither your "
        "costs nor an answer: other people log runs, too. After your search, `best_run` was asked; "
        "then a colleague logged a run on the same flights, and it was asked again. That run costs "
        f"{rival.metrics['cost']}, your best one {lowest:.1f}. Expected: {better}. "
        f"Seen: {answer[:60]}."
    )


@criterion(points=2, hint="Terms: tags.mlflow.parentRunId, pandas.DataFrame.sort_values.")
def compares_the_children(learner, world, limits, evidence, notes):
    """The children of a run, and no others, stand in a table, the lowest cost first."""
    shelf = lay_shelf(learner, world, notes)
    for parent, wanted in shelf.families.items():
        table = learner.call("compare", parent, returns=pd.DataFrame)

        columns = sorted(map(str, table))
        assert columns == sorted(wanted), (
            "Give the table the columns run_id, status, cost, and one for each parameter that a "
            f"child has, under its own name. Expected: {sorted(wanted)}. Seen: {columns}."
        )
        rows, seen = (in_rows([*t[name]] for name in wanted) for t in (wanted, table))
        evidence.table("Children of a run", list(wanted), rows)
        off = [pair for pair in enumerate(zip_longest(rows, seen)) if len({*pair[1]}) > 1]
        number, (row, other) = off[0] if off else (0, ("", ""))
        assert not off, (
            "Give each child of this parent that is not deleted one row: the lowest cost first, "
            "of equal costs the one that began first, those without a cost last. "
            f"Expected in row {number} ({', '.join(wanted)}): {row or 'no row'}. "
            f"Seen: {other or 'no row'}."
        )


def in_rows(columns):
    """Show cells, row by row; numbers may come as numbers or as text."""
    shown = [[cell(value) for value in column] for column in columns]
    return list(zip(*shown, strict=True))


def cell(value):
    missing = pd.api.types.is_scalar(value) and pd.isna(value)
    return "none" if missing else str(value).removesuffix(".0")


def ask(learner, experiment, digest):
    """Return the answer of `best_run`, or the name of the error that it may raise."""
    try:
        return str(learner.call("best_run", experiment, digest))
    except LearnerRaised as raised:
        if raised.kind != "ValueError":
            raise
        return raised.kind


def expect_best(learner, shelf, experiment, digest):
    """Ask for the best run; return a row for the table of answers."""
    fine = [pair for pair in shelf.runs.items() if not fault(pair[1], experiment, digest)]
    fine.sort(key=lambda pair: (pair[1].metrics["cost"], pair[1].started))
    key, best = fine[0] if fine else ("ValueError", None)

    answer = ask(learner, experiment, digest)

    run = shelf.runs.get(answer)
    wrong = (fault(run, experiment, digest) or beaten(run, best, shelf)) if run else "no run"
    assert answer == key, (
        f'{ADVICE[wrong]} Asked for the best run of "{experiment}" with the digest {digest}. '
        f"Expected: {describe(best)}. Seen: {describe(run) if run else repr(answer[:60])}."
    )
    return [experiment, digest, len(fine), describe(best)]


def fault(run, experiment, digest):
    """Name what keeps a run from being compared; empty when nothing does."""
    faults = {
        "deleted": run.deleted,
        "elsewhere": run.experiment != experiment,
        "unfinished": run.status != "FINISHED",
        "no cost": "cost" not in run.metrics,
        "broken": not 0 <= run.metrics.get("cost", 0) <= 5000,
        "other data": run.tags.get("validation_digest") != digest,
    }
    return next((name for name, found in faults.items() if found), "")


def beaten(run, best, shelf):
    """Name what makes a usable run worse than the best one."""
    if run.metrics["cost"] == best.metrics["cost"]:
        return "later"
    return "newer" if run.experiment == shelf.crowded[0] else "dearer"


def describe(run):
    if run is None:
        return "a ValueError, because no run is usable"
    began = pd.Timestamp(run.started, unit="ms")
    told = ", ".join(f"{name} {value}" for name, value in run.metrics.items())
    state = f"{run.status}{', deleted' * run.deleted}"
    return f'a run of "{run.experiment}", {state}, begun {began:%d %B, %H:%M}, {told}'
