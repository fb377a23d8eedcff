"""One store lives through all checks, in a new process each; the judge keeps its own on paper."""

import math
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from workbench.authoring import LearnerRaised, criterion, tracking

NAME = "flight-desk"
OTHERS = {"flight-desk-boston": ["champion"], "night-shift": ["champion", "challenger"]}
STORE = "mlflow.db", "mlruns/"
BAD = {  # runs that cannot be released, and how they are logged
    "failed": {"status": "FAILED"},
    "was killed": {"status": "KILLED"},
    "is still running": {"status": "RUNNING"},
    "was deleted": {"deleted": True},
    "has no model": {"model": False},
}
ADVICE = {  # what a challenger is, and what to do with it
    "first": "Promote the first challenger that has a cost: there is no champion yet.",
    "cheaper": "Promote a challenger that costs less than the champion of now.",
    "dearer": "Refuse a challenger that costs more than the champion of now.",
    "as dear": "Refuse a challenger that costs as much as the champion: a change needs a gain.",
    "NaN": "Refuse a cost that is not a number, champion or not: no comparison with NaN is true.",
    "without a cost": "Refuse a run without the metric `cost`: nothing says that it is better.",
}


@criterion(points=2, hint="A run's outputs name its logged model; versions can be searched by run.")
def registers_the_model_of_a_run(learner, world, limits, evidence, notes):
    """The model of a run becomes one version, however often it is asked for, and the challenger."""
    rng = world.rng("plan")
    notes["plan"] = list(plan(rng))
    notes["fresh"], notes["before"], runs = fill(learner, notes["plan"])
    desk = Desk(learner, runs)
    lay(learner, notes["fresh"])

    for number in rng.permutation(3):
        desk.register(number)
    desk.register(1)

    store = keep(desk, notes)
    expect_versions(store, desk, notes["before"])
    expect_aliases(store, desk)


@criterion(points=2, requires="registers_the_model_of_a_run", hint="MlflowClient.get_run: `info`.")
def refuses_what_cannot_be_released(learner, world, limits, evidence, notes):
    """A run that failed, was deleted, or has no model is refused, and leaves nothing behind."""
    desk = Desk(learner, notes["desk"].runs)
    lay(learner, notes["fresh"])

    for number in world.rng("bad").permutation(len(BAD)):
        advice = f"Raise a ValueError for a run that {list(BAD)[number]}."
        desk.expect("register", desk.runs[len(notes["plan"]) + number], ValueError, advice)

    desk.register(0)  # becomes version 1, if the others left nothing


@criterion(points=3, requires="registers_the_model_of_a_run", hint="math.isfinite comes first.")
def promotes_only_what_costs_less(learner, world, limits, evidence, notes):
    """A challenger is promoted if it costs less than the champion; any other is refused."""
    desk = replace(notes["desk"], learner=learner)
    lay(learner, notes["files"])

    advice = "Raise a ValueError for a version that is not the challenger: nobody asked for it."
    desk.expect("promote", desk.version(2), ValueError, advice)
    nobody = "Raise a ValueError where nobody is the champion, or nobody the challenger."
    desk.expect("roll_back", None, ValueError, nobody)
    for number in range(7):
        desk.register(number)
        if number in (2, 5):  # the challenger stays the one
            desk.expect("promote", desk.version(number - 1), ValueError, advice)
        desk.promote(number, *notes["plan"][number])
    desk.expect("promote", desk.version(6), ValueError, nobody)

    notes |= {"desk": desk, "files": (learner.files(), learner.folder)}


@criterion(points=3, requires="promotes_only_what_costs_less", hint="Tags outlive a process.")
def rolls_back_to_former_champions(learner, world, limits, evidence, notes):
    """A rollback brings back the champion before, again and again, until there is none."""
    desk = replace(notes["desk"], learner=learner)
    lay(learner, notes["files"])

    desk.roll_back()
    again = [challenger.kind for challenger in notes["plan"]].index("as dear")
    for number in (7, again, 8):  # by now, the one that was as dear costs less than the champion
        desk.register(number)
        desk.promote(number, "cheaper", notes["plan"][number].cost)
    while desk.champions[1:]:
        desk.roll_back()
    desk.expect("roll_back", None, ValueError, "Stop at the first champion: nobody was before.")

    evidence.table("The versions", *story(desk, notes["plan"]))
    expect_aliases(keep(desk, notes), desk)


@criterion(points=1, requires="rolls_back_to_former_champions", hint="Delete no version.")
def keeps_the_history(learner, world, limits, evidence, notes):
    """All versions are still there, and those that were refused say why."""
    store, desk = notes["store"], notes["desk"]
    versions = store.versions_of(NAME)

    expect_versions(store, desk, notes["before"])
    tagged = {v.version for v in versions if v.tags.get("refused", "").strip()}
    refused, kept = desk.refused - desk.promoted, desk.refused & desk.promoted
    assert tagged - kept == refused, (
        "Give the versions that were refused, and no others, the tag `refused` with the reason. "
        f"Expected on the versions {sorted(refused)}, seen on {sorted(tagged - kept) or 'none'}."
    )
    staged = {v.version: v.stage for v in versions if v.stage != "None"}
    assert not staged, (
        "Say it with aliases alone: stages are deprecated, and two versions can share one. "
        f"Expected no stages; these versions have one: {staged}."
    )


@criterion(points=1, requires="rolls_back_to_former_champions", hint="Search by the full name.")
def leaves_the_rest_alone(learner, world, limits, evidence, notes):
    """Runs, and the registered models of other teams, are as they were."""
    before, after = rest(notes["before"]), rest(notes["store"])

    changed = [what for what, was in before.items() if after.get(what) != was]
    assert not changed, (
        f"Touch nothing but the versions and aliases of {NAME}: others rely on the rest. "
        f"Changed or gone: {', '.join(changed[:3])}."
    )


@dataclass
class Desk:
    """Asks the submission, and knows on paper what each answer has to be."""

    learner: object
    runs: list
    versions: list = field(default_factory=list)  # numbers of runs, as they were registered
    champions: list = field(default_factory=list)  # versions; the last one is in service
    refused: set = field(default_factory=set)
    promoted: set = field(default_factory=set)
    calls: list = field(default_factory=list)
    challenger: int | None = None

    def version(self, number):
        return self.versions.index(number) + 1

    def register(self, number):
        advice = "Give a run the version that it has: it was registered before."
        if number not in self.versions:
            self.versions.append(number)
            advice = f"Make the run's model the next version of {NAME}."
        self.challenger = self.version(number)
        self.expect("register", self.runs[number], self.challenger, advice)

    def promote(self, number, kind, cost):
        version, good = self.version(number), kind in ("first", "cheaper")
        self.calls.append(f"(version {version} costs {cost})")
        self.expect("promote", version, good, ADVICE[kind])
        self.champions += [version] * good
        (self.promoted if good else self.refused).add(version)
        self.challenger = None

    def roll_back(self):
        former = self.champions[-2]
        advice = f"Go back to version {former}, which was replaced by {self.champions.pop()}; "
        advice += "know it by the store, for each call may come from a new process."
        self.expect("roll_back", None, former, advice)

    def expect(self, name, argument, wanted, advice):
        """Call a function; its answer, or the error that it raises, has to be the wanted one."""
        arguments = [] if argument is None else [argument]
        try:
            answer = self.learner.call(name, *arguments)
        except LearnerRaised as raised:
            if raised.kind != "ValueError":
                raise
            answer = ValueError  # no answer that crosses the wire is a class
        call = f"{name}({', '.join(map(repr, arguments))})"
        before = ", ".join(self.calls[-7:]) or "none"
        assert (type(answer), answer) == (type(wanted), wanted), (
            f"{advice} Expected of {call}: {told(wanted)}. Seen: {told(answer)}. "
            f"The calls before: {before}."
        )
        self.calls.append(f"{call}: {told(answer)}")


def told(answer):
    return "ValueError" if answer is ValueError else repr(answer)[:100]


class Challenger(NamedTuple):
    """A run when its turn comes; `cost` is NaN for one without."""

    kind: str
    cost: float


def plan(rng):
    """Draw the runs of the whole story, in the order of their turns."""
    first = round(rng.uniform(60, 80), 1)
    yield from turns(rng, first, ["without a cost", "NaN"], 8)
    yield Challenger("first", first)
    yield (second := next(turns(rng, first, ["cheaper"], 8)))
    yield from turns(rng, second.cost, ["dearer", "as dear", "NaN"], 8)
    # After a rollback to the first come one that is dearer than the second, and one below all:
    # the line of champions is not the line of costs.
    yield (third := next(turns(rng, first, ["cheaper"], 2)))
    yield from turns(rng, third.cost, ["cheaper"], 16)


def turns(rng, champion, kinds, step):
    """Draw challengers in any order, each with a cost beside that of the champion of then."""
    for kind in map(str, rng.permutation(kinds)):
        by = round(rng.uniform(step, 1.5 * step), 1)
        costs = {"cheaper": champion - by, "dearer": champion + by, "as dear": champion}
        yield Challenger(kind, round(costs.get(kind, math.nan), 1))
        champion = round(min(champion, costs.get(kind, champion)), 1)


def fill(learner, challengers):
    """Log the runs in a process without the submission, and let other teams use one of them."""
    with learner.another(learner.material("desk.py")) as jobs:
        tracking.lay_store(jobs)
        costs = [None if c.kind == "without a cost" else str(c.cost) for c in challengers]
        runs = [jobs.call("log_run", cost) for cost in costs]
        usual = next(c.cost for c in challengers if c.kind == "first")  # no cost betrays them
        runs += [jobs.call("log_run", usual, **how) for how in BAD.values()]
        for name, aliases in OTHERS.items():
            jobs.call("register_elsewhere", runs[0], name, aliases)
        return (jobs.files(), jobs.folder), tracking.read_store(jobs), runs


def lay(learner, kept):
    """Lay a store that was in another folder, and no other file: what counts is in the registry.

    Names of folders have one length.
    """
    files, former = kept
    files = {path: text for path, text in files.items() if path.startswith(STORE)}
    here = learner.folder.encode()
    learner.lay({path: text.replace(former.encode(), here) for path, text in files.items()})


def keep(desk, notes):
    """Read the store, and keep it for the checks that go on with it."""
    store = tracking.read_store(desk.learner)
    notes |= {"desk": desk, "store": store, "files": (desk.learner.files(), desk.learner.folder)}
    return store


def expect_versions(store, desk, before):
    models = [before.runs[desk.runs[number]].models[0] for number in desk.versions]
    wanted = list(enumerate(models, start=1))
    seen = [(v.version, v.source.removeprefix("models:/")) for v in store.versions_of(NAME)]
    assert seen == wanted, (
        f"Let each version of {NAME} be the logged model of the run that was asked for, and keep "
        f"it for ever. Expected versions and models: {wanted}. Seen: {seen or 'none'}."
    )


def expect_aliases(store, desk):
    wanted = {"challenger": desk.challenger, "champion": [None, *desk.champions][-1]}
    found = {alias: store.at(NAME, alias) for alias in wanted}
    seen = {alias: version and version.version for alias, version in found.items()}
    assert seen == wanted, (
        "Move the aliases of the registered model, and remove the challenger's when the decision "
        f"is made. Expected at the end: {wanted}. Seen: {seen}. "
        f"The last calls: {', '.join(desk.calls[-3:])}."
    )


def rest(store):
    """Tell what nobody had to touch, by a name that a learner understands."""
    runs = {f"run {run.id}": repr(run) for run in store.runs.values()}
    models = {f"logged model {model.id}": model.files for model in store.models.values()}
    others = {
        f"version {v.version} of {v.name}": (v.source, sorted(v.aliases), v.tags, v.stage)
        for v in store.versions
        if v.name != NAME
    }
    return {**runs, **models, **others}


def story(desk, challengers):
    """Tell what became of each version."""
    count = len(desk.versions)
    fates = ["promoted" if v in desk.promoted else "refused" for v in range(1, count + 1)]
    costs = [f"{challengers[number].cost:.1f}" for number in desk.versions]
    rows = [list(row) for row in zip(range(1, count + 1), costs, fates, strict=True)]
    return ["version", "cost per 1,000 flights", "what became of it"], rows
