"""Runs are logged by the desk's own code, and some are spoiled: each is rebuilt or refused."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.authoring import BadAnswer, LearnerRaised, criterion, tracking

DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
FEATURES = ["carrier", "origin", "distance", "hour", "precip_3h", "visib", *DELAYS]
LINEAR, FOREST = "4f1c09a", "b82e6d3"  # commits of desk.py
ROWS, FRESH = 600, 60  # flights of a frame in the archive; flights to compare on
CORRECTED = 6  # labels of one frame, after its run

SOUND = ["a linear model", "a forest"]
ODD = ["a forest logged with another seed", "a linear model whose alpha was rounded"]
BARE = "a run without a model"
DATA = ["data that changed since", "data that are gone"]
RECORD = ["a parameter that is missing", "a commit that is unknown"]
ENDED = ["a run that did not finish", "a run that was deleted"]
VERDICTS = {
    **dict.fromkeys(SOUND, "reproduced"),
    **dict.fromkeys(ODD, "other predictions"),
    **dict.fromkeys(DATA, "other data"),
    **dict(zip(RECORD, ["incomplete", "other code"], strict=True)),
    **dict.fromkeys(ENDED, "not finished"),
    BARE: "no model",
}
REFUSED = [*DATA, *RECORD, *ENDED]  # by `rebuild` as well


@criterion(points=0, hint="Compare get_params of your model with the run's parameters, by type.")
def rebuilds_a_run(learner, world, limits, evidence, notes):
    """A run that can be reproduced is trained again, to the same probabilities."""
    desk = notes["desk"] = Desk.open(learner, world)
    desk.lay(learner)
    notes["rebuilt"] = {key: desk.rebuild(learner, key) for key in shuffled(VERDICTS, world)}

    moved = {key: desk.moved(key, notes["rebuilt"][key]) for key in SOUND}
    evidence.bars("Largest difference between two trainings of one run", moved)
    evidence.number("moved", max(moved.values()))
    for key in SOUND:
        assert moved[key] <= limits.moved, (
            "Train with all parameters that the run holds, the seed too, each as what it was "
            'before it became text (False, not "False"), on all rows of its training data in the '
            f"order in which they lie in the archive. Your model of the run {desk.ids[key]}, "
            f"{key}, gives a flight a probability that is {moved[key]:.2g} away from what its "
            f"record makes; the limit is {limits.moved:g}."
        )


@criterion(points=4, requires="rebuilds_a_run", hint="What else does a run have than its model?")
def rebuilds_from_the_record_alone(learner, world, limits, evidence, notes):
    """The model is made of what the run says, whatever model was logged with it, or none."""
    desk = notes["desk"]
    for key in [*ODD, BARE]:
        moved = desk.moved(key, notes["rebuilt"][key])
        assert moved <= limits.moved, (
            "Train again from the record alone, and leave the logged model out of `rebuild`: it "
            "can be missing, or another one than the record tells of. For the run "
            f"{desk.ids[key]}, {key}, your model gives a flight a probability that is {moved:.2g} "
            f"away from what the record makes; the limit is {limits.moved:g}."
        )


@criterion(points=2, requires="rebuilds_from_the_record_alone", hint="Terms: digest, context.")
def refuses_other_data(learner, world, limits, evidence, notes):
    """Training data that changed since, or are gone, are noticed; others are confirmed."""
    expect(DATA, learner, world, evidence, notes)


@criterion(points=2, requires="rebuilds_from_the_record_alone", hint="Terms: parameters, tags.")
def refuses_a_record_with_gaps(learner, world, limits, evidence, notes):
    """A parameter that is missing, or code that is unknown, is noticed; others are confirmed."""
    expect(RECORD, learner, world, evidence, notes)


@criterion(points=1, requires="rebuilds_from_the_record_alone", hint="Terms: lifecycle_stage.")
def refuses_a_run_without_a_result(learner, world, limits, evidence, notes):
    """A run that did not finish, was deleted, or has no model is noticed."""
    expect([*ENDED, BARE], learner, world, evidence, notes)


@criterion(points=3, requires="rebuilds_from_the_record_alone", hint="Compare predict_proba.")
def notices_another_model(learner, world, limits, evidence, notes):
    """A logged model that is not what its record makes is noticed; others are confirmed."""
    expect(ODD, learner, world, evidence, notes)


def expect(spoiled, learner, world, evidence, notes):
    """Ask for the verdicts on some runs, and on sound ones; `rebuild` refuses like `verify`."""
    desk = notes["desk"]
    if "verdicts" not in notes:
        desk.lay(learner)
        notes["verdicts"] = {k: desk.verify(learner, k) for k in shuffled(VERDICTS, world)}
    seen = {key: answered(notes["verdicts"][key]) for key in [*SOUND, *spoiled]}
    rows = [[key, VERDICTS[key], answer[:40]] for key, answer in seen.items()]
    evidence.table("Verdicts", ["run", "expected", "yours"], rows)
    for key in [key for key in spoiled if key in REFUSED]:
        assert isinstance(notes["rebuilt"][key], LearnerRaised), (
            f"Raise a ValueError in `rebuild` for {key}: nobody should get a model that is not "
            f"the run's. For the run {desk.ids[key]}, it raised nothing. {desk.why(key)}"
        )
    for key, answer in seen.items():
        assert answer == VERDICTS[key], (
            f'Return "{VERDICTS[key]}" from `verify` for {key}. You returned "{answer[:40]}" for '
            f"the run {desk.ids[key]}. {desk.why(key)}"
        )


@dataclass(frozen=True)
class Desk:
    """A store full of runs, the archive, and what only the judge knows about each run."""

    store: dict
    folder: str
    archive: dict
    fresh: pd.DataFrame
    runs: dict
    ids: dict
    truth: dict

    @classmethod
    def open(cls, learner, world):
        """Let the desk's code log the runs in drawn order, one of them before a correction."""
        rng = world.rng("desk")
        weeks = [int(week) for week in rng.choice(np.arange(1, 53), 5, replace=False)]
        *frames, fresh = (world.week(w, [*FEATURES, "late"], ROWS) for w in weeks)
        names = [f"week-{week:02}" for week in weeks[:-1]]
        archive = {n: f.astype({"late": "int64"}) for n, f in zip(names, frames, strict=True)}
        runs, fresh = plan(rng, names), fresh[FEATURES][:FRESH]
        keys = shuffled(runs, world)
        _, _, changed, gone = names
        before = {changed: archive[changed].copy()}
        corrected = rng.choice(ROWS, CORRECTED, replace=False)
        archive[changed].loc[corrected, "late"] ^= 1
        with learner.another(learner.material("_jobs.py", "desk.py")) as jobs:
            tracking.lay_store(jobs)
            logged = jobs.call("log_all", archive, before, [runs[key] for key in keys], fresh)
            store, folder = jobs.files(), jobs.folder
        archive[f"{gone}-copy"] = archive.pop(gone)
        known = (dict(zip(keys, part, strict=True)) for part in zip(*logged, strict=True))
        return cls(store, folder, archive, fresh, runs, *known)

    def why(self, key):
        return self.runs[key]["why"]

    def lay(self, learner):
        """Lay the store that was in another folder; names of folders have one length."""
        here, there = learner.folder.encode(), self.folder.encode()
        learner.lay({path: text.replace(there, here) for path, text in self.store.items()})

    def rebuild(self, learner, key):
        """Return probabilities of the rebuilt model, or what was raised instead."""
        try:
            model = learner.new("rebuild", self.ids[key], self.archive)
            if key not in REFUSED:
                return model.call("predict_proba", self.fresh, returns=np.ndarray)
        except LearnerRaised as raised:
            return raised
        return None

    def moved(self, key, answer):
        """Return how far a rebuilt model is from what the record makes."""
        chance = answered(answer)
        if chance.shape != (FRESH, 2) or chance.dtype.kind != "f":
            raise BadAnswer("Return the trained Pipeline: its predict_proba gives two columns.")
        return float(np.abs(chance[:, 1] - self.truth[key]).max())

    def verify(self, learner, key):
        try:
            return learner.call("verify", self.ids[key], self.archive, self.fresh, returns=str)
        except LearnerRaised as raised:
            return raised


def plan(rng, names):
    """Draw each run, in the order of VERDICTS; records of sound and spoiled ones are alike."""
    first, second, changed, gone = names
    (linear, other), forest = (linear_settings(rng) for _ in range(2)), forest_settings(rng)
    forest["class_weight"] = [1, int(rng.integers(3, 8))]  # by class; a dict in the run
    alpha, lost = linear["alpha"] * (1 + 5e-7), f"classifier__{rng.choice(sorted(linear))}"
    status, commit = str(rng.choice(["FAILED", "KILLED"])), f"{rng.integers(16**6, 16**7):07x}"
    corrected = f"{CORRECTED} labels of {changed} were corrected after the run."
    settled = f"Recorded is alpha {linear['alpha']}, trained was with {alpha:.10g}."
    same, another = "Its record and its model agree.", "The logged model had another seed."
    jobs = [
        job(LINEAR, linear, first, same),
        job(FOREST, forest, second, same),
        job(FOREST, forest, second, another, really={"random_state": seed(rng)}),
        job(LINEAR, linear, first, settled, really={"alpha": alpha}),
        job(LINEAR, linear, changed, corrected, early=True),
        job(LINEAR, other, gone, f"There is no {gone} in the archive."),
        job(LINEAR, linear, first, f"It has no parameter {lost}.", leave_out=[lost]),
        job(FOREST, forest, second, f"MAKERS has no commit {commit}.", commit=commit),
        job(LINEAR, linear, first, f"Its status is {status}.", status=status),
        job(LINEAR, linear, first, "Its lifecycle_stage is deleted.", deleted=True),
        job(LINEAR, other, changed, "It has no outputs.", leave_out=["model"]),
    ]
    return dict(zip(VERDICTS, jobs, strict=True))


def job(made_by, settings, training, why, **record):
    """Put together a run; `really` are settings that its record is wrong about."""
    usual = {"commit": made_by, "really": {}, "early": False, "deleted": False}
    told = {"made_by": made_by, "settings": settings, "training": training, "why": why}
    return {**usual, **told, **record}


def linear_settings(rng):
    settings = {"tol": float(f"{rng.integers(1, 10)}e-05")}  # a text without a point
    settings |= {"penalty": str(rng.choice(["l1", "elasticnet"]))}
    settings |= {"alpha": float(f"{10 ** rng.uniform(-3.5, -2):.3g}"), "random_state": seed(rng)}
    return {**settings, "max_iter": int(rng.integers(8, 20)), "average": bool(rng.random() < 0.5)}


def forest_settings(rng):
    settings = {"max_features": [0.3, 0.5, "log2"][rng.integers(3)], "random_state": seed(rng)}
    settings |= {"n_estimators": int(rng.integers(6, 10)), "max_depth": int(rng.integers(4, 7))}
    return {**settings, "bootstrap": bool(rng.random() < 0.5)}


def seed(rng):
    return int(rng.integers(100, 100_000))


def answered(answer):
    """Return what the submission answered; what it raised instead ends the check."""
    if isinstance(answer, LearnerRaised):
        raise answer
    return answer


def shuffled(keys, world):
    return [list(keys)[i] for i in world.rng("order").permutation(len(keys))]
