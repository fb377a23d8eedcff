"""One training succeeds and one fails; then the store is read as data."""

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from workbench.authoring import criterion, scenarios, tracking

DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
NAMES = ["carrier", "origin"]
FEATURES = [*NAMES, "distance", "hour", "precip_3h", "visib", *DELAYS]
EXPERIMENT = "flight-desk"
WEEKS, ROWS = 5, 500  # in each week: three to train on, one to validate, one to be asked about
THRESHOLD = 1 / 6  # a miss costs 5, a false alarm 1
ROUNDING = 1e-6  # libraries may add in another order
NUMBER = {"integer", "long", "float", "double"}  # types in a signature
ANSWER = {"bool", "boolean", "float32", "float64", "float", "double"}
FEW = 100  # rows of an example
PURPOSES = ["stronger penalty", "weaker penalty", "new weeks", "after the storm", "try tolerance"]


@criterion(points=0, hint="Terms: mlflow.set_experiment, mlflow.start_run, active run.")
def makes_a_finished_run(learner, world, limits, evidence, notes):
    """Each call makes a run of the experiment "flight-desk", ends it, and returns its id."""
    call, others = draw_call(world), lay_runs(learner, world)
    start = now()
    key = learner.call("train_and_log", *call.arguments, returns=str)
    stop = now()
    fails = [learner.refuses("train_and_log", *arguments) for arguments in call.failing]
    store = tracking.read_store(learner)

    run = store.runs.get(key)
    new = key not in others and run is not None and start <= (run.started or 0) <= stop
    assert new, (
        f'Return the id of the run that the call made. You returned "{key[:40]}": '
        f"{'somebody else made that run' if key in others else 'this call began no such run'}."
    )
    assert (run.experiment, run.status) == (EXPERIMENT, "FINISHED"), (
        f'Make a new run in the experiment "{EXPERIMENT}" in each call, and end it before you '
        f'return. Expected: "{EXPERIMENT}", FINISHED. After a call that succeeded and two that '
        f'failed, the run of the first: "{run.experiment}", {run.status}.'
    )
    models = [m for m in store.models.values() if m.run_id == run.id and m.id in run.models]
    left = [other.status for other in store.runs.values() if other.id not in (*others, key)]
    notes |= {"call": call, "run": run, "models": models, "fails": fails, "left": left}


@criterion(points=3, requires="makes_a_finished_run", hint="Where does the `with` block end?")
def holds_the_model(learner, world, limits, evidence, notes):
    """The run holds one model: the one that the training rows and the settings make."""
    call, models = notes["call"], notes["models"]
    assert len(models) == 1, (
        "Log the model while its run is active, once. One model that belongs to the run is "
        f"expected; yours has {len(models)}."
    )
    rows = pd.concat([call.validation[FEATURES], call.fresh], ignore_index=True)
    chance, fresh = np.split(tracking.ask_model(learner, models[0], rows), [len(call.validation)])
    costs = call.costs(fresh)
    share = costs["logged model"] / min(costs["always"], costs["never"])
    evidence.bars("Cost per 1,000 flights that nobody has seen", costs)
    evidence.number("cost_share", share)
    assert share <= limits.cost_share, (
        "Log a model that has learnt something. On flights that you have not seen, it costs "
        f"{share:.0%} of the best decision that is the same for all; the limit is "
        f"{limits.cost_share:.0%}."
    )
    notes["digests"], notes["settings"], again = inspect(learner, call)
    moved = np.abs(again - fresh).max()
    assert moved <= ROUNDING, (
        "Log the model that you measured: the one of make_model with the given settings, trained "
        "on all rows of `training` and on no others. Trained again in this way, with "
        f"{call.settings}, it gives a flight a probability that is {moved:.3f} away from the "
        "logged model's."
    )
    notes["chance"] = chance


@criterion(points=3, requires="holds_the_model", hint="Terms: mlflow.log_metrics, predict_proba.")
def metrics_are_the_models(learner, world, limits, evidence, notes):
    """The logged cost and AUC are those that the logged model has on the validation rows."""
    late, logged = notes["call"].validation["late"].to_numpy(), notes["run"].metrics
    true = {
        "cost": scenarios.decision_cost(late, notes["chance"] >= THRESHOLD),
        "auc": float(roc_auc_score(late, notes["chance"])),
    }
    rows = [[name, logged.get(name, math.nan), value] for name, value in true.items()]
    evidence.table("Metrics", ["metric", "logged", "of the logged model"], rows)
    off = [row for row in rows if not abs(row[1] - row[2]) <= ROUNDING * row[2]]
    assert not off, (
        "Compute each metric from the probabilities that the logged model gives to the rows of "
        "`validation`, and log it unrounded; the cost is per 1,000 flights, with alarms from 1/6 "
        f"on. {' '.join(told(*row) for row in off)}"
    )


@criterion(points=2, requires="holds_the_model", hint="Terms: get_params, mlflow.set_tags.")
def holds_settings_and_tags(learner, world, limits, evidence, notes):
    """All settings of the classifier are in the run, defaults as well, and so are its tags."""
    call, run = notes["call"], notes["run"]
    tags = {"purpose": call.purpose, "last_week": str(call.training["week"].max())}
    expected, seen = flat(notes["settings"], tags), flat(run.params, run.tags)
    wrong = [name for name, value in expected.items() if seen.get(name) != value]
    name = wrong[0] if wrong else ""
    assert not wrong, (
        "Log every parameter that the classifier of the model has, those that nobody set as "
        f"well, and both tags. Of {len(expected)} entries, {len(wrong)} are missing or differ. "
        f'The {name} should be "{expected[name]}"; the run has '
        f"{json.dumps(seen[name]) if name in seen else 'none of that name'}."
    )


@criterion(points=2, requires="holds_the_model", hint="Terms: mlflow.data.from_pandas, log_input.")
def names_its_datasets(learner, world, limits, evidence, notes):
    """The datasets of the run are the two frames, each with its context."""
    rows = []
    for context, digest in notes["digests"].items():
        seen = {data.digest for data in notes["run"].datasets if data.context == context}
        rows.append([context, ", ".join(sorted(seen)) or "none", digest])
    evidence.table("Digests of the datasets", ["context", "logged", "of the frame"], rows)
    wrong = [row for row in rows if row[1] != row[2]]
    assert not wrong, (
        "Log each frame as it was given, with all its rows and columns, under its context: then "
        f'its digest tells which data it was. The frame for the context "{wrong[0][0]}" has the '
        f"digest {wrong[0][2]}; the run names: {wrong[0][1]}."
    )


@criterion(points=1, requires="holds_the_model", hint="Terms: infer_signature, input_example.")
def tells_what_goes_in(learner, world, limits, evidence, notes):
    """The model tells its ten columns, what it answers with, and shows an example of its input."""
    (model,) = notes["models"]
    inputs, wrong = types(model.inputs), []
    for name in [*FEATURES, *(inputs.keys() - FEATURES)]:
        wanted = {"string"} if name in NAMES else NUMBER if name in FEATURES else set()
        if inputs.get(name) not in wanted:
            wrong.append(f"input {name}, {inputs.get(name, 'missing')}")
    answers = set(types(model.outputs).values()) or {"missing"}
    wrong += [f"output, {kind}" for kind in sorted(answers - ANSWER)]
    columns, rows = example_of(model)
    if sorted(columns) != sorted(FEATURES) or not 1 <= rows <= FEW:
        wrong.append(f"example, of {rows} rows and the columns {', '.join(columns) or 'none'}")
    assert not wrong, (
        "Give log_model a signature, whose inputs are the ten columns of FEATURES with their "
        "types, and whose outputs are those of predict or predict_proba; and an input example of "
        f"a few rows (1 to {FEW}) with these columns. What is wrong: {'; '.join(wrong[:3])}."
    )


@criterion(points=1, requires="holds_the_model", hint="What does `with` do when its body raises?")
def tells_of_a_failure(learner, world, limits, evidence, notes):
    """A training that fails raises, and leaves a run with the status FAILED."""
    left, fails = notes["left"], notes["fails"]
    raised = [problem.kind if problem else "nothing" for problem in fails]
    told = left == ["FAILED"] * len(fails) and "nothing" not in raised
    assert told, (
        "Train inside the run, and let exceptions through: a run whose `with` block raises is "
        "marked as FAILED. With one class in `late`, or with C=-1.0, training can only fail. Your "
        f"function raised {' and '.join(raised)}, and left "
        f"{'runs that are ' + ', '.join(left) if left else 'no run'}; two FAILED ones are expected."
    )


@dataclass(frozen=True)
class Call:
    """What a call gets, and flights for the logged model, whose chances stay with the judge."""

    training: pd.DataFrame
    validation: pd.DataFrame
    settings: dict
    purpose: str
    fresh: pd.DataFrame
    truth: np.ndarray

    @property
    def arguments(self):
        return self.training, self.validation, self.settings, self.purpose

    @property
    def failing(self):
        """Arguments with which fitting has to fail."""
        one_class = self.training.assign(late=False)
        yield one_class, *self.arguments[1:]
        yield *self.arguments[:2], {**self.settings, "C": -1.0}, self.purpose

    def costs(self, chance):
        ways = {"always": chance >= 0, "never": chance < 0, "logged model": chance >= THRESHOLD}
        return {name: scenarios.decision_cost(self.truth, way) for name, way in ways.items()}


def draw_call(world):
    """Draw real flights of weeks in a row, a relation that makes their labels, and settings."""
    rng = world.rng("call")
    first = int(rng.integers(1, 53 - WEEKS))
    flights = world.weeks(range(first, first + WEEKS), ["week", *FEATURES], ROWS)
    relation = scenarios.Relation.draw(flights[FEATURES], rng, rate=rng.uniform(0.15, 0.25))
    flights["late"] = relation.labels(flights, rng)
    end = 4 * ROWS - int(rng.integers(1, 150))  # of the rows to validate on, never a round number
    parts = flights[: 3 * ROWS], flights[3 * ROWS : end], flights[4 * ROWS :]
    training, validation, fresh = (
        part.sample(frac=1, random_state=int(rng.integers(2**31))).reset_index(drop=True)
        for part in parts
    )
    early = training["week"].ne(training["week"].max()).idxmax()  # is moved to the end
    training = training.reindex([*training.index.drop(early), early]).reset_index(drop=True)
    settings = {
        "C": float(rng.uniform(0.05, 5)),
        "tol": 1e-6,
        "max_iter": int(rng.integers(200, 400)),
    }
    named = rng.permutation(list(settings)).tolist()[: rng.integers(1, 3)]  # C can be missing
    settings = {name: settings[name] for name in named}
    chance = relation.probability(fresh)
    return Call(training, validation, settings, str(rng.choice(PURPOSES)), fresh[FEATURES], chance)


def lay_runs(learner, world):
    """Let two runs of somebody else be in the store, one of them a good one."""
    metrics = {"cost": float(world.rng("others").uniform(200, 300)), "auc": 0.9}
    times = now() - 90_000_000, now() - 80_000_000
    one = tracking.OtherRun(EXPERIMENT, *times, metrics=metrics)
    return tracking.lay_store(learner, [one, tracking.OtherRun("Default", *times)])


def told(name, logged, true):
    says = "no such metric" if math.isnan(logged) else f"{logged:.6g}"
    return f"The model's `{name}` is {true:.6g}; the run has {says}."


def now():
    return math.floor(datetime.now(UTC).timestamp() * 1000)


def flat(params, tags):
    return {f"param `{k}`": v for k, v in params.items()} | {
        f"tag `{k}`": v for k, v in tags.items()
    }


def types(schema):
    """Read a schema: the types by column, or that of the numbers in a tensor."""
    entries = json.loads(schema or "[]")
    tensors = ((entry, entry.get("tensor-spec") or {}) for entry in entries)
    return {str(e.get("name")): str(tensor.get("dtype", e.get("type"))) for e, tensor in tensors}


def example_of(model):
    """Read columns and number of rows of the input example: a frame, or a dict of columns."""
    try:
        shown = json.loads(model.files[model.example])
        if "data" not in shown:
            return list(shown), max(len(v) if isinstance(v, list) else 1 for v in shown.values())
        return [str(name) for name in shown["columns"]], len(shown["data"])
    except (KeyError, ValueError, TypeError, AttributeError):
        return [], 0


def inspect(learner, call):
    """Return digests of the frames, settings of the model, and what it answers trained anew."""
    frames = {"training": call.training, "validation": call.validation}
    rows = call.training[FEATURES], call.training["late"], call.fresh
    with learner.another(learner.material("_inspector.py", "desk_model.py")) as other:
        digests = {context: other.call("digest", frame) for context, frame in frames.items()}
        settings = other.call("settings_of", call.settings)
        return digests, settings, other.call("train_again", call.settings, *rows)
