"""Every exercise, found by listing, proves itself: right ways pass, wrong ways are told."""

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.author.expected import shortfalls, silent_asserts
from workbench.author.lint import lint, orphans
from workbench.author.places import Place, list_places
from workbench.author.variants import RIGHT, Kind, Variant, find_variants
from workbench.course import Exercise, load_course
from workbench.declarations import CourseError
from workbench.judging import PRACTICE_SEED
from workbench.judging.grade import Grader
from workbench.paths import chosen_course
from workbench.results import Result

ROOT = chosen_course()
LONG = (Kind.ALTERNATIVE, Kind.MISTAKE)
HEAVY = ("great_expectations", "mlflow")  # they take seconds to import


class Bench:
    """Judges each variant once, with one warm grader for all exercises that share a heavy library.

    It has what any of them needs: to warm one up for each takes longer than to judge it.

    Right ways are judged with each of the seeds: luck must not help. `calibrate` tries more.
    A mistake meets the check that it names, alone; every check where that is asked for, which takes
    three times as long.
    """

    def __init__(
        self, stack: contextlib.ExitStack, folder: Path, seeds: tuple[int, ...], every_check: bool
    ) -> None:
        self._stack = stack
        self._folder = folder
        self._seeds = seeds
        self._every_check = every_check
        self._graders: dict[str, Grader] = {}
        self._results: dict[tuple[str, str], list[Result]] = {}

    def judge(self, exercise: Exercise, variant: Variant) -> list[Result]:
        key = (exercise.id, str(variant))
        if key not in self._results:
            submission = variant.lay_out(self._folder / exercise.id)
            grader = self._grader(heavy(exercise))
            seeds = self._seeds if variant.kind in RIGHT else self._seeds[:1]
            if variant.kind is Kind.MISTAKE and not self._every_check:
                exercise = exercise.narrowed(variant.fails)
            self._results[key] = [grader.grade(exercise, submission, seed=seed) for seed in seeds]
        return self._results[key]

    def _grader(self, library: str) -> Grader:
        if library not in self._graders:
            served = [exercise for exercise in loadable() if heavy(exercise) == library]
            needs = dict.fromkeys(name for exercise in served for name in exercise.needs)
            imports = dict.fromkeys(name for exercise in served for name in exercise.imports)
            grader = Grader([*needs], [*imports])
            self._graders[library] = self._stack.enter_context(grader)
        return self._graders[library]


@pytest.fixture(scope="session")
def bench(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Bench]:
    seeds = (PRACTICE_SEED, *request.config.getoption("also_seed"))
    every_check = request.config.getoption("every_check")
    with contextlib.ExitStack() as stack:
        yield Bench(stack, tmp_path_factory.mktemp("submissions"), seeds, every_check)


def loadable() -> Iterator[Exercise]:
    """What cannot be loaded is left to the test of lint, which says why."""
    for place in list_places(ROOT):
        with contextlib.suppress(CourseError):
            yield place.load()


def heavy(exercise: Exercise) -> str:
    return next((library for library in HEAVY if library in exercise.needs), "")


def param(exercise: Exercise | Place, *values: object, name: str) -> object:
    is_long = any(isinstance(value, Variant) and value.kind in LONG for value in values)
    marks = [pytest.mark.long] if is_long else []
    return pytest.param(*values, id=name, marks=marks)


PLACES = [param(place, place, name=place.id) for place in list_places(ROOT)]
EXERCISES = [param(exercise, exercise, name=exercise.id) for exercise in loadable()]
WAYS = [
    param(exercise, exercise, variant, name=f"{exercise.id}-{variant}".replace(" ", "-"))
    for exercise in loadable()
    for variant in find_variants(exercise)
]


def prove(complaints: list[str]) -> None:
    """End the test with the complaints and nothing else: they are what an author needs."""
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def test_the_course_is_whole() -> None:
    assert list(load_course(ROOT))
    prove([finding.tell(ROOT) for finding in orphans(ROOT)])


@pytest.mark.parametrize("place", PLACES)
def test_lint_is_clean(place: Place) -> None:
    prove([finding.tell(ROOT) for finding in lint(ROOT, place.id)])


@pytest.mark.parametrize(("exercise", "variant"), WAYS)
def test_each_way_gets_what_its_kind_must(
    bench: Bench, exercise: Exercise, variant: Variant
) -> None:
    """A starter is not attempted, a constant earns nothing, a right way all, a mistake is told."""
    results = bench.judge(exercise, variant)
    prove([f"seed {r.seed}: {text}" for r in results for text in shortfalls(variant, r)])


@pytest.mark.long
@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_message_is_read(bench: Bench, exercise: Exercise) -> None:
    """Each assert of checks.py ends a check of some mistake or constant."""
    wrong = [v for v in find_variants(exercise) if v.kind in (Kind.MISTAKE, Kind.CONSTANT)]
    results = itertools.chain.from_iterable(bench.judge(exercise, variant) for variant in wrong)
    checks = exercise.folder / "checks.py"
    lines = silent_asserts(checks, results)
    prove([f"{checks}:{line}: no mistake or constant brings this message up." for line in lines])
