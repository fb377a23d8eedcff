"""A learner's tests meet sound and faulty models, in an order that nobody knows.

A test counts when it passes on every sound model; a faulty model is caught when a test that
counts fails on it, by an assertion of its own.
"""

from dataclasses import dataclass

from workbench.authoring import CaseOutcome, calendar, criterion

from _models import COLUMNS, Fault, answering, planted, sound_models


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
    expect_caught("no probability", "the first point of promise 1", notes["runs"], evidence)


@criterion(points=2, requires="sound_models_pass", hint="Build flights whose risk is plain.")
def catches_wrong_plain_cases(notes, evidence):
    """Minimum functionality: a model that is wrong about plain cases is caught."""
    expect_caught("plain case", "Calm and Storm in promise 1", notes["runs"], evidence)


@criterion(points=2, requires="sound_models_pass", hint="How else can a name be written?")
def catches_a_matter_of_spelling(notes, evidence):
    """Invariance: a model that is confused by another spelling of a name is caught."""
    expect_caught("spelling", "the first point of promise 2", notes["runs"], evidence)


@criterion(points=2, requires="sound_models_pass", hint="Look up DataFrame.sample.")
def catches_a_matter_of_order(notes, evidence):
    """Invariance: a model for which the order of the table, or its other rows, matter is caught."""
    expect_caught("order", "the other points of promise 2", notes["runs"], evidence)


@criterion(points=2, requires="sound_models_pass", hint="One delay at a time; mean and worst case.")
def catches_wrong_ways_with_delays(notes, evidence):
    """Direction: a model that takes delays the wrong way, or not at all, is caught."""
    expect_caught("delays", "the first point of promise 3", notes["runs"], evidence)


@criterion(points=1, requires="sound_models_pass", hint="Rain and sight, one at a time.")
def catches_wrong_ways_with_weather(notes, evidence):
    """Direction: a model for which the weather does not count is caught."""
    expect_caught("weather", "the second point of promise 3", notes["runs"], evidence)


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
        """The tests that do not, each with what it said; skipped ones are neither."""
        spared = (CaseOutcome.PASSED, CaseOutcome.SKIPPED)
        cases = [case for cases in self.of("sound") for case in cases.values()]
        return {case.name: case.text for case in cases if case.outcome not in spared}

    @property
    def complaint(self):
        said = [(text or name).partition("\n")[0] for name, text in self.dropped.items()]
        return f"{len(said)} did: {'; '.join(text.rstrip('.') for text in said[:4])}."

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


def expect_caught(kind, promise, runs, evidence):
    """Ask that no faulty model of a kind passes all tests that count."""
    planted, caught = len(runs.of(kind)), runs.caught(runs.valid, kind)
    evidence.bars("Faulty models", {"planted": planted, "caught": caught})
    assert caught == planted, (
        f"Compare your cases with {promise}, word by word: which of its words has no test? Of "
        f"{planted} faulty models of this kind {planted - caught} passed all your tests. Each "
        "should fail one that counts."
    )


def show(runs, evidence):
    """Show what each test is worth."""
    kinds, tests = list(dict.fromkeys(runs.kinds.values())), runs.tests[:40]
    caught = [[runs.caught([test], kind) for kind in kinds] for test in tests]
    evidence.matrix("Models on which each test fails", tests, kinds, caught)
