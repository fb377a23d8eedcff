"""What each kind of variant must get, and how a judgement falls short of it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from workbench.author.variants import RIGHT, Kind, Variant
from workbench.results import CheckResult, Outcome, Result

BROKEN = (Outcome.GRADER_ERROR, Outcome.NOT_RUN)


def shortfalls(variant: Variant, result: Result) -> list[str]:
    """Tell how a judgement differs from what the variant must get; empty when it does not."""
    broken = [tell_broken(check) for check in result.checks if check.outcome in BROKEN]
    if broken:
        return broken
    if variant.kind in RIGHT:
        return [*_short_of_a_pass(result)]
    if variant.kind is Kind.MISTAKE:
        return [*_short_of_the_mistake(variant, result)]
    return [*_short_of_nothing(variant, result)]


def failed(result: Result) -> tuple[CheckResult, ...]:
    """List the checks that were run and not passed."""
    calm = (Outcome.PASSED, Outcome.SKIPPED)
    return tuple(check for check in result.checks if check.outcome not in calm)


def silent_asserts(checks: Path, results: Iterable[Result]) -> list[int]:
    """Find the asserts of checks.py that ended no check in any of the results, by line.

    A message that no wrong answer brings up has never been read by anybody.
    """
    spoken = {check.line for result in results for check in result.checks}
    tree = ast.parse(checks.read_text(encoding="utf-8"))
    asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    return sorted(
        node.lineno
        for node in asserts
        if spoken.isdisjoint(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    )


def tell_broken(check: CheckResult) -> str:
    """Tell an author which check broke, where, and with what traceback."""
    where = f"checks.py:{check.line}: " if check.line else ""
    return f"{where}{check.id} broke.\n{check.output.strip()}"


def _short_of_a_pass(result: Result) -> Iterator[str]:
    for check in result.checks:
        if check.outcome is not Outcome.PASSED:
            yield f"{check.id} must pass; {_how(check)}"


def _short_of_the_mistake(mistake: Variant, result: Result) -> Iterator[str]:
    missed = {check.id: check for check in failed(result)}
    if mistake.fails not in missed:
        yield f"{mistake.fails} must fail; it did not."
    elif mistake.says not in missed[mistake.fails].message:
        yield f'{mistake.fails} must say "{mistake.says}"; {_how(missed[mistake.fails])}'
    for check in missed.values():
        if check.id != mistake.fails:
            yield f"{check.id} must pass; {_how(check)}"


def _short_of_nothing(variant: Variant, result: Result) -> Iterator[str]:
    if result.score:
        earned = ", ".join(check.id for check in result.checks if check.points)
        yield f"It must earn nothing; it earned {result.score} with {earned}."
    if variant.kind is Kind.STARTER:
        for check in failed(result):
            if check.outcome is not Outcome.NOT_ATTEMPTED:
                yield f"{check.id} must be not attempted; {_how(check)}"


def _how(check: CheckResult) -> str:
    return f"it was {check.outcome}: {check.message}"
