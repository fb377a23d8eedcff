"""A desk lives through weeks of every kind; then its job is killed, and started again."""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from workbench.authoring import BadAnswer, LearnerRaised, criterion, scenarios, tracking

NAME, EXPERIMENT = "flight-desk", "retraining"
KEY = ["date", "carrier", "flight", "origin"]
FEATURES = ["hour", "distance", "precip_3h", "visib", "delay_origin_3h", "delay_city_3h"]
ROWS = 250  # of each of the four weeks in a batch
THRESHOLD = 1 / 6  # a miss costs 5, a false alarm 1
KINDS = ["promoted", "kept", "promoted"]  # in a drawn order
LIKE = 0.1  # probabilities of two models of one week; the next champion's are far away
KILLS = 8  # enough to find one step among 250
COSTS = "cost_challenger", "cost_champion"
NEAR = 20  # a cost with one of 250 flights decided otherwise
BROKEN = {  # how a batch breaks the contract
    "with a column less": lambda flights, rng: flights.drop(columns=rng.choice(FEATURES)),
    "with a missing value": lambda flights, rng: spoil(flights, rng, ["carrier", *FEATURES], None),
    "with a value out of its range": lambda flights, rng: spoil(flights, rng, FEATURES, 5555),
    "with a flight that is there twice": lambda flights, rng: flights.iloc[
        [*range(len(flights)), rng.integers(len(flights))]
    ],
}
CUT = "that was cut off"
# Runs in processes that hold no code of the submission.
FIRST = """
import desk

def log_champion(flights):
    desk.first_champion(desk.train(flights))
"""
WITNESS = """
import sqlite3
from mlflow.sklearn import load_model

def ask(order):
    with sqlite3.connect("mlflow.db") as database:
        return database.execute(order).fetchall()

def find_champion():
    found = ask('''SELECT artifact_location FROM registered_model_aliases a
        JOIN model_versions v ON a.name = v.name AND a.version = v.version
        JOIN logged_models ON source = 'models:/' || model_id
        WHERE a.name = 'flight-desk' AND alias = 'champion' ''')
    return [len(ask("SELECT 1 FROM model_versions")), found[0][0] if found else ""]

def serve(place, rows):
    return load_model(place).predict_proba(rows)[:, 1]
"""


@criterion(points=2, hint="Terms: model version, alias, held-out days.")
def decides_each_week(learner, world, limits, evidence, notes):
    """Each sound batch leads to the right decision, to one version, and to the right champion."""
    desk = notes["desk"] = Desk.open(world)
    notes["files"] = start(learner, desk.champion)
    desk.go_on(learner, notes)

    good = notes["good"] = [desk.draw(kind) for kind in desk.rng.permutation(KINDS).tolist()]
    said = [desk.run(week, learner.call) for week in good]
    _, serving = desk.look()
    store = keep(learner, notes)

    rows = [[w.number, w.kind, s, len(of_week(store, w))] for w, s in zip(good, said, strict=True)]
    evidence.table("The sound batches", ["week", "expected", "returned", "versions"], rows)
    off = [row for row in rows if row[1] != row[2] or row[3] != 1]
    row = [*off, rows[-1]][0]
    fine = not off and serving is desk.champion
    assert fine, (
        "Compare both models on the batch's last seven days, register the challenger once with "
        "the tag `week`, and let the alias `champion` follow the decision. "
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
    desk = notes["desk"].go_on(learner, notes)
    desk.versions = len(notes["store"].versions) + 1
    desk.lay(week := desk.draw("promoted"))
    low, high, kills = 0, 1 + learner.count_steps("retrain", week.number), []
    step = int(desk.rng.integers(high // 3, high // 2 + 1)) or 1
    while high - low > 1 and len(kills) < KILLS:  # towards the step that moves the champion
        moved = desk.kill("promoted", step, kills)
        low, high = (low, step) if moved else (step, high)
        step = (low + high) // 2
    desk.kill("kept", high, kills)

    rows = [[step, week.number, told(serving), week.kind] for step, week, serving in kills]
    evidence.table("The kills", ["at step", "week", "in service then", "after the restart"], rows)
    store = tracking.read_store(learner)
    off = [week for _, week, _ in kills if not told_once(store, week)]
    week = [*off, kills[0][1]][0]
    assert not off, (
        "Let the restarted job do all that the killed one did not, its run included. Expected "
        f"for week {week.number}, one finished run with its tag: {week.wanted}. Seen: "
        f"{runs_of(store, week) or 'none'}. A cost may differ by {NEAR}."
    )


@dataclass(eq=False)
class Week:
    """A batch, and what has to become of it."""

    number: int
    kind: str  # the decision
    how: str  # the batch is broken; empty for a sound one
    flights: pd.DataFrame
    sign: int  # of the relation that its training days follow
    before: "Week | None"  # whose model is the champion then

    def __post_init__(self):
        held_out = last_days(self.flights)
        self.training, self.test = self.flights[~held_out], self.flights[held_out]
        shape = make_pipeline(StandardScaler(), LogisticRegression())
        self.model = shape.fit(self.training[FEATURES].astype(float), self.training["late"])

    def answers(self, rows):
        return self.model.predict_proba(rows[FEATURES].astype(float))[:, 1]

    @property
    def costs(self):
        late = self.test["late"]
        models = dict(zip(COSTS, (self, self.before), strict=True))
        return {
            name: scenarios.decision_cost(late, model.answers(self.test) >= THRESHOLD)
            for name, model in models.items()
        }

    @property
    def wanted(self):
        return {"decision": self.kind, **self.costs}

    def file(self, rng):
        """Return the file of the batch, broken in its way."""
        flights = BROKEN[self.how](self.flights, rng) if self.how in BROKEN else self.flights
        content = flights.to_parquet(index=False)
        return content[: len(content) // 2] if self.how == CUT else content


@dataclass
class Desk:
    """Draws weeks, lets the job run, and knows on paper which model has to serve."""

    world: scenarios.World
    rng: np.random.Generator
    relation: scenarios.Relation
    number: int  # of the next week
    champion: Week | None = None
    line: list = field(default_factory=list)  # of champions
    learner: object = None
    versions: int = 1
    pool: dict = field(default_factory=dict)  # rows by week
    known: dict = field(default_factory=dict)  # whose model it is, by its files

    @classmethod
    def open(cls, world):
        rng = world.rng("desk")
        number = int(rng.integers(16, 30))
        rows = pd.concat([world.week(number + i, FEATURES, ROWS) for i in (0, 7, 14)]).fillna(0)
        desk = cls(world, rng, scenarios.Relation.draw(rows, rng, rate=0.25, auc=0.85), number)
        desk.champion = desk.make("promoted", "", 1, 1)
        desk.line.append(desk.champion)
        return desk

    def draw(self, kind, how=""):
        """Draw the next week: its challenger is far better than the champion, or far worse."""
        sign = self.champion.sign
        week = self.make(kind, how, -sign, sign if kind == "kept" else -sign)
        self.champion = week if kind == "promoted" else self.champion
        self.line.append(self.champion)
        return week

    def make(self, kind, how, sign, sign_then):
        """Draw a batch whose training days follow the relation or its reverse; so do its last."""
        flights = pd.concat([self.rows(self.number - i) for i in (3, 2, 1, 0)], ignore_index=True)
        flights = flights.fillna(dict.fromkeys(FEATURES, 0))
        signs = np.where(last_days(flights), sign_then, sign)
        chance = {s: replace(self.relation, strength=s * self.relation.strength) for s in (1, -1)}
        chance = {s: relation.probability(flights) for s, relation in chance.items()}
        flights["late"] = self.rng.random(len(flights)) < np.where(signs > 0, chance[1], chance[-1])
        self.number += 1
        return Week(self.number - 1, kind, how, flights, sign, self.champion)

    def rows(self, number):
        """Return rows of a week, which is read once."""
        if number not in self.pool:
            self.pool[number] = self.world.week(number, [*KEY, *FEATURES], ROWS)
        return self.pool[number]

    def go_on(self, learner, notes):
        """Lay the files that another process left; names of folders have one length."""
        files, former = notes["files"]
        here = learner.folder.encode()
        learner.lay({path: text.replace(former.encode(), here) for path, text in files.items()})
        self.learner = learner
        return self

    def lay(self, week):
        self.learner.lay({f"batches/week_{week.number}.parquet": week.file(self.rng)})

    def run(self, week, call):
        self.lay(week)
        return call("retrain", week.number)

    def attempt(self, name, number):
        """Call a function; what it raises is an answer, too."""
        try:
            return self.learner.call(name, number)
        except LearnerRaised as raised:
            return f"{raised.kind}: {raised.text}"[:200]

    def kill(self, kind, step, kills):
        """Kill a job and start it again; tell whether its model was in service between the two."""
        former, week = self.champion, self.draw(kind)
        self.lay(week)
        self.learner.killed_at(1, "retrain", week.number)  # in a new process steps count alike
        self.learner.killed_at(step, "retrain", week.number)
        _, serving = self.look(week)
        right = (former, week) if kind == "promoted" else (former,)
        kills.append([step, week, serving])
        assert serving in right, (
            "Move the alias `champion` in one call, and only when the decision is made: whoever "
            f"asks for the champion meanwhile has to get one. Week {week.number} leads to "
            f"{kind!r}; its job was killed at step {step} (changes of files and commits). "
            f"{told(former)} should serve then; {told(serving)} does."
        )
        answer = self.attempt("retrain", week.number)
        seen = [answer, *self.look(week)]
        self.versions += 1
        wanted = [kind, self.versions, self.champion]
        assert seen == wanted, (
            "Write what a restarted job has to know in the moment in which it is done, and do not "
            f"do it again. The job of week {week.number} was killed at step {step}, and started "
            f"again. Expected: {kind!r}, 1 new version, {told(self.champion)} in service. Seen: "
            f"{answer!r}, {seen[1] - self.versions + 1} new, {told(seen[2])}."
        )
        return serving is week

    def look(self, week=None):
        """Tell how many versions there are, and whose model serves; None if none does."""
        files, weeks = self.learner.files(), {*self.line, week or self.champion}
        # nothing that could be imported
        kept = {p: text for p, text in files.items() if p.startswith(("mlflow.db", "mlruns/"))}
        with self.learner.another({"witness.py": WITNESS.encode()}) as witness:
            witness.lay(kept)
            versions, place = witness.call("find_champion", returns=list)
            place = place.rpartition(f"{self.learner.folder}/")[2]  # a URI on Windows
            model = tuple(kept[path] for path in sorted(kept) if path.startswith(f"{place}/"))
            if place and model not in self.known:
                self.known[model] = self.recognize(witness, place, weeks)
        return versions, self.known.get(model)

    def recognize(self, witness, place, weeks):
        """Ask a model, to know whose it is; None if it cannot be loaded or answers otherwise."""
        rows = self.champion.test[FEATURES].astype(float)
        try:
            chances = witness.call("serve", place, rows, returns=np.ndarray)
        except LearnerRaised:
            return None
        far = {w: np.abs(chances - w.answers(rows)).mean() for w in weeks}
        nearest = min(far, key=far.get)
        return nearest if far[nearest] < LIKE else None


def start(learner, champion):
    """Make a store in which the first champion is registered, without the submission."""
    with open(__file__.replace("checks.py", "desk.py"), "rb") as given:  # noqa: PTH123
        text = given.read()
    with learner.another({"first.py": FIRST.encode(), "desk.py": text}) as jobs:
        tracking.lay_store(jobs)
        jobs.call("log_champion", champion.training)
        return jobs.files(), jobs.folder


def keep(learner, notes):
    """Read the store, and keep its files for the checks that go on with it."""
    notes |= {"store": tracking.read_store(learner), "files": (learner.files(), learner.folder)}
    return notes["store"]


def last_days(flights):
    return flights["date"] > flights["date"].max() - pd.Timedelta(days=7)


def spoil(flights, rng, columns, value):
    """Put a value into a drawn cell."""
    column = rng.choice(columns)
    spoilt = flights.astype({column: object if column == "carrier" else float})
    spoilt.loc[rng.integers(len(flights)), column] = value
    return spoilt


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
    """Tell whether one run tells the decision and the costs of a week."""
    runs = runs_of(store, week)
    if len(runs) != 1 or runs[0]["decision"] != week.kind:
        return False
    return all(abs(runs[0][name] - cost) <= NEAR for name, cost in week.costs.items())


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
