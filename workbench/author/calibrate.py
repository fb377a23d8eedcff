"""Calibrate: what each way earns over many seeds, and how near it comes to the limits."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from workbench.author.expected import failed, shortfalls, silent_asserts
from workbench.author.trials import Trial, run_trials
from workbench.author.variants import RIGHT, Kind, Variant, find_variants
from workbench.course import Exercise, Limit
from workbench.declarations import CourseError

ENOUGH_SEEDS = 20
_ROOM = 0.1
_DIGITS = 3
Range = tuple[float, float]


@dataclass(frozen=True)
class Way:
    """What one variant got over all seeds.

    Parameters
    ----------
    points
        Fewest and most.
    missed
        How often each check was run and not passed.
    numbers
        For each limit, the range of what was recorded under its name.
    shortfalls
        Seed and sentence wherever it got something else than its kind must get.
    """

    variant: Variant
    points: tuple[int, int]
    missed: dict[str, int]
    numbers: dict[str, Range]
    shortfalls: tuple[tuple[int, str], ...]

    @property
    def right(self) -> bool:
        """Whether it must pass."""
        return self.variant.kind in RIGHT


@dataclass(frozen=True)
class Calibration:
    """What all variants of an exercise got.

    Parameters
    ----------
    silent
        Lines of the asserts in checks.py that no mistake and no constant brought up.
    """

    exercise: Exercise
    seeds: int
    ways: tuple[Way, ...]
    silent: tuple[int, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What an author should look at."""
        found = (self._falls_short, self._wrongly_written, self._too_near, self._never_read)
        return tuple(warning for look in found for warning in look())

    def document(self) -> dict[str, Any]:
        """Give it as plain JSON data."""
        return {
            "exercise": self.exercise.id,
            "seeds": self.seeds,
            "max_points": self.exercise.max_score,
            "ways": [_way_document(way) for way in self.ways],
            "limits": [
                {"name": name, "value": limit.value, "reference": limit.reference}
                for name, limit in self.exercise.limits.items()
            ],
            "warnings": list(self.warnings),
        }

    def _falls_short(self) -> Iterator[str]:
        for way in self.ways:
            for text, seeds in _by_text(way.shortfalls).items():
                yield f"{way.variant}: {text} ({_seeds(seeds)})"

    def _wrongly_written(self) -> Iterator[str]:
        """Compare the ranges of exercise.toml with those measured for the reference."""
        reference = [way for way in self.ways if way.variant.kind is Kind.REFERENCE]
        for way, (name, limit) in itertools.product(reference, self.exercise.limits.items()):
            measured = way.numbers.get(name)
            if measured is None:
                yield f"{name}: nothing was recorded; call evidence.number({name!r}, ...)."
            elif self._differs(limit, measured):
                written = "nothing" if limit.reference is None else show_range(limit.reference)
                yield f"{name}: write reference = {show_range(measured)}; there is {written}."

    def _differs(self, limit: Limit, measured: Range) -> bool:
        """Few seeds show a part of the range; it must lie inside of what is written."""
        if limit.reference is None:
            return True
        low, high = map(rounded, limit.reference)
        if self.seeds >= ENOUGH_SEEDS:
            return (low, high) != tuple(map(rounded, measured))
        return rounded(measured[0]) < low or rounded(measured[1]) > high

    def _too_near(self) -> Iterator[str]:
        """Look at right ways with little room; a limit of 0 forbids something and has none."""
        for way in filter(lambda way: way.right, self.ways):
            for name, (low, high) in way.numbers.items():
                limit = self.exercise.limits[name].value
                room = abs(limit) * _ROOM
                if limit and low - room <= limit <= high + room:
                    shown = show_range((low, high))
                    yield f"{name}: {way.variant} got {shown}, within 10 % of the limit {limit}."

    def _never_read(self) -> Iterator[str]:
        for line in self.silent:
            yield (
                f"checks.py:{line}: no mistake and no constant brings this message up; "
                "write a mistake for it, or delete the assert."
            )


def calibrate(
    exercise: Exercise,
    seeds: int = ENOUGH_SEEDS,
    only: str = "",
    on_trial: Callable[[], None] = lambda: None,
) -> Calibration:
    """Judge reference, alternatives, mistakes and constants with the seeds 1, 2, ...

    Parameters
    ----------
    exercise
        The exercise.
    seeds
        How many.
    only
        Words of a kind and a name: the other ways are left out.
    on_trial
        Called after each judgement.

    Raises
    ------
    CheckBroken
        At the first check that is at fault itself.
    """
    variants = calibrated(exercise, only)
    trials: dict[Variant, list[Trial]] = {variant: [] for variant in variants}
    for trial in run_trials(exercise, variants, range(1, seeds + 1)):
        trials[trial.variant].append(trial)
        on_trial()
    ways = (_way(variant, found, exercise) for variant, found in trials.items())
    results = (trial.result for found in trials.values() for trial in found)
    silent = () if only else silent_asserts(exercise.folder / "checks.py", results)
    return Calibration(exercise, seeds, tuple(ways), tuple(silent))


def calibrated(exercise: Exercise, only: str = "") -> tuple[Variant, ...]:
    """List the variants that are calibrated: all but the starter, or those with these words.

    Raises
    ------
    CourseError
        When there is none.
    """
    known = [variant for variant in find_variants(exercise) if variant.kind is not Kind.STARTER]
    found = tuple(variant for variant in known if only in str(variant))
    if not found:
        listed = ", ".join(map(str, known))
        raise CourseError(f'{exercise.id} has no way with "{only}" in its name; it has {listed}.')
    return found


def show_range(found: Range) -> str:
    """Write a range as exercise.toml has it, with three significant digits."""
    low, high = found
    return f"[{low:.{_DIGITS}g}, {high:.{_DIGITS}g}]"


def rounded(number: float) -> float:
    """Round to the digits that `show_range` writes."""
    return float(f"{number:.{_DIGITS}g}")


def _way(variant: Variant, trials: list[Trial], exercise: Exercise) -> Way:
    results = [trial.result for trial in trials]
    scores = [result.score for result in results]
    missed = Counter(check.id for result in results for check in failed(result))
    short = ((result.seed, text) for result in results for text in shortfalls(variant, result))
    numbers = {name: r for name in exercise.limits if (r := _range(name, trials)) is not None}
    return Way(variant, (min(scores), max(scores)), dict(missed), numbers, tuple(short))


def _range(name: str, trials: list[Trial]) -> Range | None:
    checks = (check for trial in trials for check in trial.result.checks)
    values = [check.numbers[name] for check in checks if name in check.numbers]
    return (min(values), max(values)) if values else None


def _by_text(found: tuple[tuple[int, str], ...]) -> dict[str, list[int]]:
    """Gather sentences that differ in their numbers only, under the first."""
    shown: dict[str, str] = {}
    grouped: dict[str, list[int]] = {}
    for seed, text in found:
        first = shown.setdefault(text.split(";")[0], text)
        grouped.setdefault(first, []).append(seed)
    return grouped


def _seeds(seeds: list[int]) -> str:
    listed = ", ".join(map(str, seeds[:5])) + (", ..." if len(seeds) > 5 else "")
    return f"seed {listed}" if len(seeds) == 1 else f"{len(seeds)} seeds: {listed}"


def _way_document(way: Way) -> dict[str, Any]:
    return {
        "kind": way.variant.kind.value,
        "name": way.variant.name,
        "points": list(way.points),
        "missed": way.missed,
        "names": way.variant.fails,
        "as_it_must": not way.shortfalls,
        "numbers": {name: list(found) for name, found in way.numbers.items()},
    }
