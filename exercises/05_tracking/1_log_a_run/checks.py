"""One training succeeds and one fails; then the store is read as data."""

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from workbench.authoring import BadAnswer, LearnerRaised, criterion, scenarios, tracking

DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
FEATURES = ["carrier", "origin", "distance", "hour", "precip_3h", "visib", *DELAYS]
EXPERIMENT = "flight-desk"
WEEKS, ROWS = 5, 500  # in each week: three to train on, one to validate, one to be asked about
THRESHOLD = 1 / 6  # a miss costs 5, a false alarm 1
ROUNDING = 1e-6  # libraries may add in another order
PURPOSES = ["stronger penalty", "weaker penalty", "new weeks", "after the storm", "try tolerance"]


@criterion(points=0, hint="Terms: mlflow.set_experiment, mlflow.start_run, active run.")
def makes_a_finished_run(learner, world, limits, evidence, notes):
    """Each call makes a run of the experiment "flight-desk", ends it, and returns its id."""
    call, others = draw_call(world), lay_runs(learner, world)
    start = now()
    key = learner.call("train_and_log", *call.arguments, returns=str)
    stop, one_class = now(), call.training.assign(late=False)
    raised = learner.refuses("train_and_log", one_class, *call.arguments[1:])
    store = tracking.read_store(learner)

    run = store.runs.get(key)
    new = key not in others and run is not None and start <= (run.started or 0) <= stop
    assert new, (
        f'Return the id of the run that the call made. You returned "{key[:40]}": '
        f"{'somebody else made that run' if key in others else 'this call began no such run'}."
    )
    assert (run.experiment, run.status) == (EXPERIMENT, "FINISHED"), (
        f'Make a new run in the experiment "{EXPERIMENT}" in each call, and end it before you '
        f'return. Expected: "{EXPERIMENT}", FINISHED. After a call that succeeded and one that '
        f'failed, the run of the first: "{run.experiment}", {run.status}.'
    )
    models = [m for m in store.models.values() if m.run_id == run.id and m.id in run.models]
    left = [other.status for other in store.runs.values() if other.id not in (*others, key)]
    notes |= {"call": call, "run": run, "models": models, "raised": raised, "left": left}


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
    notes["digests"], notes["settings"], again = inspect(learner, models[0], call)
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
    columns = [str(column.get("name")) for column in json.loads(model.inputs or "[]")]
    lost = ["outputs"] * (not model.outputs)
    lost += ["an input example"] * (model.example not in model.files)
    told = sorted(columns) == sorted(FEATURES) and not lost
    assert told, (
        "Give log_model a signature, whose inputs are the ten columns of FEATURES, and an input "
        f"example. Inputs of your model: {', '.join(columns) or 'none'}; what is not there: "
        f"{', '.join(lost) or 'nothing else'}."
    )


@criterion(points=1, requires="holds_the_model", hint="What does `with` do when its body raises?")
def tells_of_a_failure(learner, world, limits, evidence, notes):
    """A training that fails raises, and leaves a run with the status FAILED."""
    left, raised = notes["left"], notes["raised"]
    told = left == ["FAILED"] and raised is not None
    assert told, (
        "Train inside the run, and let exceptions through: a run whose `with` block raises is "
        "marked as FAILED. With one class in `late`, training can only fail. Your function "
        f"{f'raised {raised.kind}' if raised else 'returned'}, and left "
        f"{'runs that are ' + ', '.join(left) if left else 'no run'}; a FAILED one is expected."
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

    def costs(self, chance):
        ways = {"always": chance >= 0, "never": chance < 0, "logged model": chance >= THRESHOLD}
        return {name: scenarios.decision_cost(self.truth, way) for name, way in ways.items()}


def draw_call(world):
    """Draw real flights of weeks in a row, a relation that makes their labels, and settings."""
    rng = world.rng("call")
    first = int(rng.integers(1, 53 - WEEKS))
    weeks = [world.week(first + i, ["week", *FEATURES], ROWS) for i in range(WEEKS)]
    flights = pd.concat(weeks, ignore_index=True)
    relation = scenarios.Relation.draw(flights[FEATURES], rng, rate=rng.uniform(0.15, 0.25))
    flights["late"] = relation.labels(flights, rng)
    parts = flights[: 3 * ROWS], flights[3 * ROWS : 4 * ROWS], flights[4 * ROWS :]
    training, validation, fresh = (part.reset_index(drop=True) for part in parts)
    settings = {"C": float(rng.uniform(0.05, 5))}
    settings |= {"tol": 1e-6} if rng.random() < 0.5 else {"max_iter": int(rng.integers(200, 400))}
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


def inspect(learner, model, call):
    """Return digests of the frames, settings of the model, and what it answers trained anew."""
    frames = {"training": call.training, "validation": call.validation}
    rows = call.training[FEATURES], call.training["late"], call.fresh
    with learner.another(learner.material("_inspector.py")) as other:
        # digests first: nothing is believed of a process that has loaded a model
        digests = {context: other.call("digest", frame) for context, frame in frames.items()}
        other.lay({f"model/{path}": text for path, text in model.files.items()})
        try:
            settings = other.call("settings_of", "model", returns=dict)
            again = other.call("train_again", "model", call.settings, *rows, returns=np.ndarray)
        except LearnerRaised as problem:
            raise BadAnswer(
                "Log the Pipeline that make_model returns, trained: with the given settings, the "
                f"logged one could not be trained again. {problem.kind}: {problem.text}"
            ) from None
    if again.shape != call.truth.shape or again.dtype.kind != "f":
        raise BadAnswer("Log the Pipeline that make_model returns: yours answers otherwise.")
    given = {f"classifier__{name}": str(value) for name, value in call.settings.items()}
    return digests, {**settings, **given}, again
