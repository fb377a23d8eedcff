"""Weeks of a desk whose champions are known on paper, and its job at work."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from workbench.authoring import LearnerRaised, scenarios

KEY = ["date", "carrier", "flight", "origin"]
FEATURES = ["hour", "distance", "precip_3h", "visib", "delay_origin_3h", "delay_city_3h"]
RANGES = {
    "hour": (0, 23),
    "distance": (10, 5000),
    "precip_3h": (0, 10),
    "visib": (0, 10),
    "delay_origin_3h": (-60, 1500),
    "delay_city_3h": (-60, 1500),
}
ROWS = 250  # of each of the four weeks in a batch
THRESHOLD = 1 / 6  # a miss costs 5, a false alarm 1
LIKE = 0.1  # probabilities of two models of one week; the next champion's are far away
TURNED = 0.35  # of the labels: such a model ranks well, and is dear
COSTS = "cost_challenger", "cost_champion"
BROKEN = {  # how a batch breaks the contract
    "with a column less": lambda flights, rng: flights.drop(columns=rng.choice(flights.columns)),
    "with a missing value": lambda flights, rng: spoil(
        flights, rng, ["carrier", "origin", *FEATURES], None
    ),
    "with a value below its range": lambda flights, rng: leave_range(flights, rng, 0),
    "with a value above its range": lambda flights, rng: leave_range(flights, rng, 1),
    "with a flight that is there twice": lambda flights, rng: repeat(flights, rng),
}
CUT = "that was cut off"


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

    @cached_property
    def model(self):
        """Weights and intercept of the model that `train` makes of the training days."""
        scaler, line = StandardScaler(), LogisticRegression()
        scaled = scaler.fit_transform(self.training[FEATURES].to_numpy(float))
        line.fit(scaled, self.training["late"])
        weights = line.coef_[0] / scaler.scale_
        return weights, line.intercept_[0] - scaler.mean_ @ weights

    def answers(self, rows):
        weights, intercept = self.model
        return expit(rows[FEATURES].to_numpy(float) @ weights + intercept)

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
        told = {"reason": "any text"} if self.kind == "stopped" else self.costs
        return {"decision": self.kind, **told}

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
        rows = world.weeks([number, number + 7, number + 14], FEATURES, ROWS).fillna(0)
        desk = cls(world, rng, scenarios.Relation.draw(rows, rng, rate=0.25, auc=0.85), number)
        desk.champion = desk.make("promoted", "", 1, 1)
        desk.line.append(desk.champion)
        return desk

    def draw(self, kind, how="", turned=0):
        """Draw the next week: its challenger is far better than the champion, or far worse.

        Worse it is by another relation, or by labels that are turned: then it has the right one.
        """
        sign = self.champion.sign
        sign_then = sign if kind == "kept" else -sign
        week = self.make(kind, how, sign if turned else -sign, sign_then, turned)
        self.champion = week if kind == "promoted" else self.champion
        self.line.append(self.champion)
        return week

    def make(self, kind, how, sign, sign_then, turned=0):
        """Draw a batch whose training days follow the relation or its reverse; so do its last."""
        flights = pd.concat([self.rows(self.number - i) for i in (3, 2, 1, 0)], ignore_index=True)
        flights = flights.fillna(dict.fromkeys(FEATURES, 0))
        last = last_days(flights)
        touch_ends(flights, self.rng.permutation(np.flatnonzero(last)))
        signs = np.where(last, sign_then, sign)
        chance = {s: replace(self.relation, strength=s * self.relation.strength) for s in (1, -1)}
        chance = {s: relation.probability(flights) for s, relation in chance.items()}
        flights["late"] = self.rng.random(len(flights)) < np.where(signs > 0, chance[1], chance[-1])
        flights["late"] ^= ~last & (self.rng.random(len(flights)) < turned)
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

    def look(self, week=None):
        """Tell how many versions there are, and whose model serves; None if none does."""
        files, weeks = self.learner.files(), {*self.line, week or self.champion}
        # nothing that could be imported
        kept = {p: text for p, text in files.items() if p.startswith(("mlflow.db", "mlruns/"))}
        with self.learner.another(self.learner.material("_witness.py")) as witness:
            witness.lay(kept)
            versions, place = witness.call("find_champion", returns=list)
            here = f"{self.learner.folder}/"
            place = place.rpartition(here)[2]  # a URI on Windows
            paths = [path for path in sorted(kept) if path.startswith(f"{place}/")]
            model = tuple((path, kept[path].replace(here.encode(), b"")) for path in paths)
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


def last_days(flights):
    return flights["date"] > flights["date"].max() - pd.Timedelta(days=7)


def touch_ends(flights, rows):
    """Put the lowest and the highest value that can be into rows, one each."""
    for i, (column, ends) in enumerate(RANGES.items()):
        flights.loc[rows[2 * i : 2 * i + 2], column] = ends


def leave_range(flights, rng, end):
    """Put a value that is a bit beyond an end of its range into a drawn cell."""
    column = rng.choice(FEATURES)
    beyond = RANGES[column][end] + (2 * end - 1) * float(rng.integers(1, 9))
    return spoil(flights, rng, [column], beyond)


def repeat(flights, rng):
    """Send a drawn flight again, a mile longer."""
    again = flights.iloc[[rng.integers(len(flights))]]
    return pd.concat([flights, again.assign(distance=again["distance"] - 1)], ignore_index=True)


def spoil(flights, rng, columns, value):
    """Put a value into a drawn cell."""
    column = rng.choice(columns)
    spoilt = flights.astype({column: object if column in KEY else float})
    spoilt.loc[rng.integers(len(flights)), column] = value
    return spoilt
