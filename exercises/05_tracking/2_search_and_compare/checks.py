"""Stores are laid with runs of other people; what is in them, and so what is best, is drawn."""

import math
from dataclasses import asdict
from itertools import zip_longest
from typing import NamedTuple

import pandas as pd

from workbench.authoring import LearnerRaised, criterion, tracking

DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
COLUMNS = ["distance", "hour", "precip_3h", "visib", *DELAYS, "late"]
ROWS = 400  # of training, and of validation
SETTINGS = {
    "max_depth": range(1, 13),
    "min_samples_leaf": range(1, 60),
    "min_samples_split": range(2, 90),
    "max_leaf_nodes": range(2, 60),
}
EXPERIMENT = "flight-desk"
DESKS = [EXPERIMENT, "flight-desk-test", "winter-trial", "night-desk", "storm-desk"]
START, HOUR = 1_370_044_800_000, 3_600_000  # 1 June 2013 and an hour, in milliseconds
CROWD = 1_010  # MLflow's client gives 1,000 runs at a time

# Runs in a process without the submission: it measures candidates, and fills a store at once.
OFFICE = """
import sqlite3
import uuid

import mlflow
from desk_model import measure

def facts(training, validation, candidates):
    costs = [measure(settings, training, validation) for settings in candidates]
    return mlflow.data.from_pandas(validation).digest, costs

def fill(experiments, runs):
    numbers = {name: mlflow.set_experiment(name).experiment_id for name in experiments}
    keys = [uuid.uuid4().hex for _ in runs]
    named = {run["name"]: key for key, run in zip(keys, runs)}
    with sqlite3.connect("mlflow.db") as store:
        for key, run in zip(keys, runs):
            insert(
                store, "runs", run_uuid=key, name=run["name"] or "run", status=run["status"],
                user_id="desk", source_type="LOCAL", artifact_uri="",
                start_time=run["started"], end_time=run["ended"],
                lifecycle_stage="deleted" if run["deleted"] else "active",
                experiment_id=numbers[run["experiment"]],
            )
            for name, text in run["metrics"].items():
                value = max(float(text), -1.7976931348623157e308)
                entry = {"key": name, "value": 0 if text == "nan" else value, "step": 0}
                entry |= {"is_nan": text == "nan", "timestamp": run["started"], "run_uuid": key}
                insert(store, "metrics", **entry)
                insert(store, "latest_metrics", **entry)
            for name, value in run["params"].items():
                insert(store, "params", key=name, value=value, run_uuid=key)
            for name, value in run["tags"].items():
                insert(store, "tags", key=name, value=named.get(value, value), run_uuid=key)
    return keys

def insert(store, table, **row):
    order = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' for _ in row)})"
    store.execute(order, list(row.values()))
"""

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
    """After a search of your own, a better run of somebody else is still the best."""
    shelf = lay_shelf(learner, world, notes)
    search, digest, lowest, cost = shelf.overlap

    learner.call("search", *search, returns=str)
    answer = ask(learner, EXPERIMENT, digest)

    better = next(k for k, r in shelf.runs.items() if r.tags.get("validation_digest") == digest)
    assert answer == better, (
        "Ask the store for the best run each time, and keep nothing in your program: other people "
        f"log runs, too. On the flights of your search, a colleague's run costs {cost}, your best "
        f"one {lowest:.1f}. Expected: {better}. Seen: {answer[:60]}."
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


class Search(NamedTuple):
    """What `search` gets."""

    training: pd.DataFrame
    validation: pd.DataFrame
    candidates: list


class Shelf(NamedTuple):
    """A store of other people's runs, and what can be asked about it."""

    files: dict
    runs: dict  # by id
    questions: list
    crowded: tuple
    overlap: tuple  # a search, the digest of its flights, its lowest cost, that of a colleague
    families: dict  # the right table by the parent's id


def draw_search(world, name):
    """Draw real flights of two weeks, and three or four settings under drawn names."""
    rng = world.rng("search", name)
    week, size = int(rng.integers(1, 52)), int(rng.integers(3, 5))
    names = rng.choice(list(SETTINGS), 2, replace=False).tolist()
    columns = [rng.choice(SETTINGS[name], size, replace=False).tolist() for name in names]
    candidates = [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
    return Search(*(world.week(week + i, COLUMNS, ROWS) for i in (0, 1)), candidates)


def open_office(learner):
    """Open a process without the submission, in which the desk's model is."""
    with open(__file__.replace("checks.py", "desk_model.py"), "rb") as given:  # noqa: PTH123
        return learner.another({"office.py": OFFICE.encode(), "desk_model.py": given.read()})


def lay_shelf(learner, world, notes):
    """Lay the store into the learner's folder; it is filled once for all checks."""
    if "shelf" not in notes:
        with open_office(learner) as office:
            notes["shelf"] = fill_shelf(office, world)
    learner.lay(notes["shelf"].files)
    return notes["shelf"]


def fill_shelf(office, world):
    rng, search = world.rng("shelf"), draw_search(world, "second")
    digest, costs = office.call("facts", *search)
    _, inside = office.call("facts", search.training, search.training, search.candidates)
    cost = round(min(costs + inside) * rng.uniform(0.6, 0.9), 1)  # of a colleague
    first, second, third, crowd, _ = rng.permutation(DESKS).tolist()
    one, other, unused = (f"{number:08x}" for number in rng.integers(2**32, size=3).tolist())
    questions = [(first, one), (first, other), (second, one)]
    runs = [run for question in questions for run in surround(rng, *question)]
    questions += [(third, one), (first, unused), ("spring-trial", one)]  # no run is usable
    runs += [*spoil(rng, third, one, 400.0), *family(rng, third, "A"), *family(rng, third, "B")]
    runs += [trial(EXPERIMENT, digest, cost, 1)]
    runs += [trial(crowd, one, 300.5 + 10 * (hour > 0), hour) for hour in range(CROWD)]

    tracking.lay_store(office)
    plain = [asdict(r) | {"metrics": {k: repr(v) for k, v in r.metrics.items()}} for r in runs]
    laid = dict(zip(office.call("fill", [*DESKS, "Default"], plain), runs, strict=True))
    tables = {key: table(laid, run.name) for key, run in laid.items() if run.name}
    overlap = search, digest, min(costs), cost
    return Shelf(office.files(), laid, questions, (crowd, one), overlap, tables)


def trial(experiment, digest, cost, hour, **other):
    """Make a run that is usable, but for what is said otherwise."""
    start, tags = START + hour * HOUR, {"validation_digest": digest} if digest else {}
    details = {"metrics": {"cost": cost}, "tags": tags, **other}
    return tracking.OtherRun(experiment, start, start + HOUR // 2, **details)


def surround(rng, experiment, digest):
    """Draw a best run, its later equal, dearer runs, and cheaper ones with a fault."""
    cost = round(rng.uniform(300, 400), 1)
    hours = sorted(rng.choice(range(1, 20), 4, replace=False).tolist())
    for more, hour in zip((7.5, 0, 0, 12.5), hours, strict=True):
        yield trial(experiment, digest, cost + more, hour)
    yield from spoil(rng, experiment, digest, cost)


def spoil(rng, experiment, digest, cost):
    """Draw runs that each have one fault, and are cheaper. NaN began last: min() would keep it."""
    hours = iter(rng.permutation(range(1, 20)).tolist())
    less = iter((cost - rng.permutation(range(20, 80))).round(1).tolist())
    for status in ("FAILED", "KILLED", "RUNNING"):
        yield trial(experiment, digest, next(less), next(hours), status=status)
    yield trial(experiment, digest, next(less), next(hours), deleted=True)
    yield trial(experiment, digest, 0.0, next(hours), metrics={"training_cost": next(less)})
    yield trial(experiment, digest, -math.inf, next(hours))
    yield trial(experiment, digest, math.nan, 30)
    yield trial(experiment, "", next(less), next(hours))
    yield trial(experiment, digest[::-1], next(less), next(hours))
    yield trial("Default", digest, next(less), next(hours))


def family(rng, experiment, letter):
    """Draw a parent and its children; `fill` puts the parent's id into their tags."""
    names = rng.choice(list(SETTINGS), 2, replace=False).tolist()
    hours = iter(rng.permutation(range(1, 20)).tolist())
    costs = rng.choice(range(80, 700), 4, replace=False).tolist()
    yield trial(experiment, "", 0.0, 0, name=letter, metrics={})
    for number, cost in enumerate([*costs, costs[0], None, costs[1]]):
        params = {name: str(rng.choice(SETTINGS[name])) for name in names[: 1 + number % 3]}
        tags = {"mlflow.parentRunId": letter}
        metrics, failed = {} if cost is None else {"cost": cost + 0.5}, cost is None
        fate = {"status": "FAILED" if failed else "FINISHED", "deleted": number == 6}
        yield trial(
            experiment, "", 0.0, next(hours), params=params, tags=tags, metrics=metrics, **fate
        )


def table(runs, letter):
    """Return the columns of the right table."""
    mine = [(key, run) for key, run in runs.items() if not run.deleted]
    mine = [(k, r) for k, r in mine if r.tags.get("mlflow.parentRunId") == letter]
    mine.sort(key=lambda pair: (pair[1].metrics.get("cost", math.inf), pair[1].started))
    names = {name for _, run in mine for name in run.params}
    return {
        "run_id": [key for key, _ in mine],
        "status": [run.status for _, run in mine],
        "cost": [run.metrics.get("cost") for _, run in mine],
        **{name: [run.params.get(name) for _, run in mine] for name in sorted(names)},
    }


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
