"""Stores of other people's runs, drawn, and what is best in them."""

import math
from dataclasses import asdict
from typing import NamedTuple

import pandas as pd

from workbench.authoring import tracking

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
    overlap: tuple  # a search, the digest of its flights, its lowest cost, a colleague's run
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
    return learner.another(learner.material("_office.py", "desk_model.py"))


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
    ties = rng.permutation([True, True, False])  # not each best run has an equal
    surrounded = zip(questions, ties, strict=True)
    runs = [run for question, tie in surrounded for run in surround(rng, *question, tie)]
    questions += [(third, one), (first, unused), ("spring-trial", one)]  # no run is usable
    runs += [*spoil(rng, third, one, 400.0), *family(rng, third, "A"), *family(rng, crowd, "B")]
    runs += [trial(crowd, one, 300.5 + 10 * (hour > 0), hour) for hour in range(CROWD)]

    tracking.lay_store(office)
    laid = dict(zip(log_all(office, [*DESKS, "Default"], runs), runs, strict=True))
    tables = {key: table(laid, run.name) for key, run in laid.items() if run.name}
    overlap = search, digest, min(costs), trial(EXPERIMENT, digest, cost, 1)
    return Shelf(office.files(), laid, questions, (crowd, one), overlap, tables)


def log_meanwhile(learner, run):
    """Let a colleague log a run into the store as the submission has left it; return its id."""
    with open_office(learner) as office:
        # nothing else: the office would import a learner's sqlite3.py
        office.lay({path: text for path, text in learner.files().items() if path == "mlflow.db"})
        (key,) = log_all(office, [run.experiment], [run])
        learner.lay(office.files())
    return key


def log_all(office, experiments, runs):
    plain = [asdict(r) | {"metrics": {k: repr(v) for k, v in r.metrics.items()}} for r in runs]
    return office.call("fill", experiments, plain)


def trial(experiment, digest, cost, hour, **other):
    """Make a run that is usable, but for what is said otherwise."""
    start, tags = START + hour * HOUR, {"validation_digest": digest} if digest else {}
    details = {"metrics": {"cost": cost}, "tags": tags, **other}
    return tracking.OtherRun(experiment, start, start + HOUR // 2, **details)


def surround(rng, experiment, digest, tie):
    """Draw a best run, its later equal for a tie, dearer runs, and cheaper ones with a fault."""
    cost = round(rng.uniform(300, 400), 1)
    hours = sorted(rng.choice(range(1, 20), 4, replace=False).tolist())
    for more, hour in zip((7.5, 0, 0 if tie else 2.5, 12.5), hours, strict=True):
        yield trial(experiment, digest, cost + more, hour)
    yield from spoil(rng, experiment, digest, cost)


def spoil(rng, experiment, digest, cost):
    """Draw runs that each have one fault, two of them equal, and are cheaper, but for one.

    NaN began last: min() would keep it.
    """
    hours = iter(rng.permutation(range(1, 20)).tolist())
    less = iter((cost - rng.permutation(range(20, 80))).round(1).tolist())
    twice = next(less)
    for status in ("FAILED", "KILLED", "RUNNING", "FAILED"):
        wrong = twice if status == "FAILED" else next(less)
        yield trial(experiment, digest, wrong, next(hours), status=status)
    yield trial(experiment, digest, round(rng.uniform(5001, 9000), 1), next(hours))
    yield trial(experiment, digest, round(rng.uniform(-90, -1), 1), next(hours))
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
        status = "FAILED" if failed else "KILLED" if number == 1 else "FINISHED"
        fate = {"status": status, "deleted": number == 6}
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
