"""A learner's tests meet sound and faulty models, in an order that nobody knows.

A test counts when it passes on every sound model; a faulty model is caught when a test that
counts fails on it, by an assertion of its own.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from workbench.authoring import CaseOutcome, QuestionRefused, calendar, criterion

NAMES = ["carrier", "origin"]
WEATHER = ["precip_3h", "visib"]
DELAYS = ["delay_origin_3h", "delay_city_3h", "delay_carrier_6h", "delay_dest_6h"]
NUMBERS = ["distance", "hour", *WEATHER, *DELAYS]
COLUMNS = [*NAMES, *NUMBERS]
USUAL = [900, 13, 0, 10, 0, 0, 0, 0]  # of NUMBERS, where one is missing
RISING = [1, 1, 0, 1, 1, -1, 1, 1, 1, 1]  # of COLUMNS: more never lowers the risk, or raises it
ROWS = 500  # of each week of training
MOST = 5000.0  # far beyond what any column holds


@criterion(points=0, hint="Demand what the README promises, with its tolerances.")
def sound_models_pass(learner, world, limits, evidence, notes):
    """Sound models pass the tests, however they are built."""
    runs = notes["runs"] = run_all(learner, world)  # the other checks judge the same runs

    show(runs, evidence)
    evidence.number("dropped", len(runs.dropped))
    assert len(runs.dropped) <= limits.dropped, (
        "Repair the tests that fail on sound models first: nobody listens to a suite that cries "
        f"wolf. {runs.complaint} At most {limits.dropped:.0f} may be dropped."
    )


@criterion(points=2, requires="sound_models_pass", hint="What may be missing? What may be unseen?")
def catches_what_is_no_probability(notes, evidence):
    """Minimum functionality: a model that answers with no probability is caught."""
    expect_caught("no probability", "minimum functionality", notes["runs"], evidence)


@criterion(points=2, requires="sound_models_pass", hint="Build flights whose risk is plain.")
def catches_wrong_plain_cases(notes, evidence):
    """Minimum functionality: a model that is wrong about plain cases is caught."""
    expect_caught("plain case", "minimum functionality", notes["runs"], evidence)


@criterion(points=2, requires="sound_models_pass", hint="How else can a name be written?")
def catches_a_matter_of_spelling(notes, evidence):
    """Invariance: a model that is confused by another spelling of a name is caught."""
    expect_caught("spelling", "invariance", notes["runs"], evidence)


@criterion(points=2, requires="sound_models_pass", hint="Look up DataFrame.sample.")
def catches_a_matter_of_order(notes, evidence):
    """Invariance: a model for which the order of the table, or its other rows, matter is caught."""
    expect_caught("order", "invariance", notes["runs"], evidence)


@criterion(points=2, requires="sound_models_pass", hint="One delay at a time; mean and worst case.")
def catches_wrong_ways_with_delays(notes, evidence):
    """Direction: a model that takes delays the wrong way, or not at all, is caught."""
    expect_caught("delays", "directional expectation", notes["runs"], evidence)


@criterion(points=1, requires="sound_models_pass", hint="Rain and sight, one at a time.")
def catches_wrong_ways_with_weather(notes, evidence):
    """Direction: a model for which the weather does not count is caught."""
    expect_caught("weather", "directional expectation", notes["runs"], evidence)


@criterion(points=1, requires="catches_a_matter_of_order", hint="Is it promised in the README?")
def no_test_is_dropped(notes):
    """No test at all fails on a sound model."""
    runs = notes["runs"]

    assert not runs.dropped, f"Repair or delete what fails on a sound model. {runs.complaint}"


@dataclass(frozen=True)
class Runs:
    """How every test ended, by model; and of each model whether it is sound or what is wrong."""

    cases: dict
    kinds: dict

    def of(self, kind):
        return [cases for name, cases in self.cases.items() if self.kinds[name] == kind]

    @property
    def tests(self):
        return list({test: 0 for cases in self.of("sound") for test in cases})

    @property
    def valid(self):
        """The tests that pass on every sound model."""
        sound = self.of("sound")
        return [t for t in self.tests if all(ended(run, t) is CaseOutcome.PASSED for run in sound)]

    @property
    def dropped(self):
        """The tests that do not, each with an example; skipped ones are neither."""
        spared = (CaseOutcome.PASSED, CaseOutcome.SKIPPED)
        cases = [case for cases in self.of("sound") for case in cases.values()]
        return {case.name: case.text for case in cases if case.outcome not in spared}

    @property
    def complaint(self):
        names, example = ", ".join(list(self.dropped)[:6]), next(iter(self.dropped.values()))
        return f"{len(self.dropped)} did: {names}. On one of them {example.splitlines()[0]}."

    def caught(self, tests, kind):
        """Count the models of a kind on which one of the tests fails."""
        failed = CaseOutcome.FAILED
        return sum(any(ended(run, test) is failed for test in tests) for run in self.of(kind))


def ended(run, test):
    return run[test].outcome if test in run else None


def run_all(learner, world):
    """Let the tests meet all models, sound and faulty ones mixed."""
    risks, faults = sound_models(world), planted(world)
    models = {name: answering(risk, Fault("sound")) for name, risk in risks.items()}
    bases = world.rng("base").choice(list(risks), len(faults))
    for base, (name, fault) in zip(bases, faults.items(), strict=True):
        models[name] = answering(risks[base], fault)
    flights = world.week(int(world.rng("week").choice(calendar.LIVE_WEEKS)), COLUMNS, 200)
    kinds = dict.fromkeys(risks, "sound") | {name: fault.kind for name, fault in faults.items()}
    return Runs(learner.run_tests(models, flights=flights), kinds)


def expect_caught(kind, behaviour, runs, evidence):
    """Ask that no faulty model of a kind passes all tests that count."""
    planted, caught = len(runs.of(kind)), runs.caught(runs.valid, kind)
    evidence.bars("Faulty models", {"planted": planted, "caught": caught})
    assert caught == planted, (
        f"Test another {behaviour}, or with other flights. Faulty models of this kind: {planted}; "
        f"expected to fail one of your tests: all; seen: {planted - caught} passed every test."
    )


def show(runs, evidence):
    """Show what each test is worth."""
    kinds, tests = list(dict.fromkeys(runs.kinds.values())), runs.tests[:40]
    caught = [[runs.caught([test], kind) for kind in kinds] for test in tests]
    evidence.matrix("Models on which each test fails", tests, kinds, caught)


def answering(risk, fault):
    """Build a model that answers as scikit-learn's classifiers do."""

    def model(flights):
        flights = agreed(flights)
        late = fault.after(flights, risk(fault.before(flights)))
        return np.column_stack([1 - late, late])

    return model


def agreed(flights):
    """Refuse what no model was promised, and leave out what it does not know."""
    columns, dtypes = list(flights.columns), dict(flights.dtypes)
    for column in COLUMNS:
        if columns.count(column) != 1:
            raise QuestionRefused(f"The model needs one column {column}.")
        if column in NUMBERS and not pd.api.types.is_numeric_dtype(dtypes[column]):
            raise QuestionRefused(f"The column {column} must hold numbers.")
    if flights.empty:
        raise QuestionRefused("The model needs at least one flight.")
    known = flights[[column for column in columns if column in COLUMNS]]
    names = {column: "str" for column in NAMES if dtypes[column] != "str"}
    numbers = {c: "float64" for c in NUMBERS if not isinstance(dtypes[c], np.dtype)}
    return known.astype(names | numbers) if names | numbers else known


def sound_models(world):
    """Train sound models of different kinds, each on rows of its own."""
    weeks = [world.week(week, [*COLUMNS, "late"], ROWS) for week in calendar.TRAINING_WEEKS]
    flights = pd.concat(weeks, ignore_index=True)
    rising = {"monotonic_cst": RISING, "random_state": 0}
    kinds = {
        "boosting": HistGradientBoostingClassifier(
            max_iter=40, max_leaf_nodes=15, min_samples_leaf=50, **rising
        ),
        "forest": RandomForestClassifier(15, min_samples_leaf=20, max_features=3, **rising),
        "logistic": make_pipeline(
            FunctionTransformer(few_numbers), StandardScaler(), LogisticRegression()
        ),
    }
    return {
        name: train(estimator, flights.sample(frac=0.8, random_state=world.rng("rows", name)))
        for name, estimator in kinds.items()
    }


def train(estimator, flights):
    rates = {column: late_rates(flights, column) for column in NAMES}
    estimator.fit(as_numbers(flights, rates), flights["late"])
    return lambda asked: estimator.predict_proba(as_numbers(asked, rates))[:, 1]


def late_rates(flights, column):
    """How often the flights of a name were late; few flights count little."""
    mean, late = flights["late"].mean(), flights.groupby(column)["late"].agg(["sum", "count"])
    rates = (late["sum"] + 50 * mean) / (late["count"] + 50)
    return defaultdict(lambda: mean, rates.to_dict())


def as_numbers(flights, rates):
    """Names become late rates, and what is missing what it mostly is."""
    names = [rates_of(flights[column], rates[column]) for column in NAMES]
    numbers = flights[NUMBERS].to_numpy("float64")
    filled = np.where(np.isnan(numbers), USUAL, numbers.clip(-MOST, MOST))
    return np.column_stack([*names, filled])


def rates_of(names, rates):
    """Look up each name once, however it is spelled; the last rate is that of a missing one."""
    places, seen = pd.factorize(names)
    return np.array([*(rates[str(name).strip().upper()] for name in seen), rates["NAN"]])[places]


def few_numbers(table):
    """Delays as one number for a linear model, so that none can count against another."""
    delays = np.sqrt(table[:, 6:].clip(min=0)).mean(axis=1)
    return np.column_stack([table[:, :4], table[:, 4].clip(max=0.3), table[:, 5], delays])


@dataclass(frozen=True)
class Fault:
    """What a faulty model does to the flights that it gets, and to the risks that it answers."""

    kind: str
    before: Callable = lambda flights: flights
    after: Callable = lambda flights, risk: risk


def planted(world):
    """List the faults. A learner finds their names in after.md."""
    lower, padded = world.rng("spelling").choice(NAMES, 2)
    unseen, best = [("precip_3h", 0.0), ("visib", 10.0)][world.rng("weather").integers(2)]
    return {
        "no weather": Fault("no probability", after=no_answer_without_weather),
        "above one": Fault("no probability", after=lambda _, p: 1.6 * p),
        "constant": Fault("plain case", after=lambda _, p: np.full(len(p), 0.17)),
        "nothing known": Fault("plain case", after=alarm_when_nothing_is_known),
        "lower case": Fault(
            "spelling", after=lambda f, p: np.where(f[lower] == f[lower].str.upper(), p, 0.17)
        ),
        "blanks": Fault(
            "spelling", after=lambda f, p: np.where(f[padded] == f[padded].str.strip(), p, 0.17)
        ),
        "by position": Fault("order", by_position),
        "by batch": Fault("order", lambda f: f.assign(**f[DELAYS] - f[DELAYS].mean() + 8)),
        "by label": Fault("order", after=lambda f, p: p[f.index.argsort()]),
        "reversed": Fault("delays", lambda f: f.assign(**90 - f[DELAYS])),
        "deaf": Fault("delays", lambda f: f.assign(delay_city_3h=0.0)),
        "outliers": Fault("delays", lambda f: f.assign(**f[DELAYS].where(f[DELAYS] < 100))),
        "deaf to weather": Fault("weather", lambda f: f.assign(**{unseen: best})),
    }


def no_answer_without_weather(flights, risk):
    return np.where(flights[WEATHER].isna().any(axis=1), np.nan, risk)


def alarm_when_nothing_is_known(flights, risk):
    return np.where(flights[DELAYS].isna().all(axis=1), risk.clip(0.6), risk)


def by_position(flights):
    """Take the columns for what should stand in their place, names and numbers apart."""
    names = [column for column in flights.columns if column in NAMES]
    numbers = [column for column in flights.columns if column in NUMBERS]
    return flights.rename(columns=dict(zip([*names, *numbers], COLUMNS, strict=True)))
