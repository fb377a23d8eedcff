"""The judge's side: checks.py, and the mistakes that prove it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workbench.author.findings import Finding, line_of
from workbench.author.rules.code import imports, parse
from workbench.author.variants import Kind, find_variants
from workbench.course import Exercise
from workbench.declarations import judges_code

_OURS = {"workbench.authoring", "workbench.authoring.suites"}
_LIBRARIES = set(
    "__future__ calendar collections dataclasses datetime enum fractions functools itertools json "
    "math numpy operator pandas re scipy sklearn statistics string textwrap typing zoneinfo".split()
)


def imports_are_allowed(exercise: Exercise) -> Iterator[Finding]:
    """Compare the imports of checks.py, and of its modules, with what checks may use."""
    files = judges_code(exercise.folder / "checks.py")
    allowed = _LIBRARIES | {file.stem for file in files[1:]}
    for path in files:
        for line, module in imports(parse(path)):
            if module not in _OURS and module.partition(".")[0] not in allowed:
                advice = (
                    f"{path.name} may not import {module}; use workbench.authoring, its suites, "
                    "pandas, NumPy, SciPy, scikit-learn, a calculating module of Python, or a "
                    "module of the exercise whose name begins with an underscore."
                )
                yield Finding(path, line, advice)


def asserts_speak(exercise: Exercise) -> Iterator[Finding]:
    """Ask for a message with every assert."""
    path = exercise.folder / "checks.py"
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Assert) and node.msg is None:
            advice = "This assert says nothing; add what was expected, what was seen, the limit."
            yield Finding(path, node.lineno, advice)


def criteria_are_in_order(exercise: Exercise) -> Iterator[Finding]:
    """Look for names used twice, points below 0, and checks that wait for a later one."""
    path = exercise.folder / "checks.py"
    earlier: list[str] = []
    for criterion in exercise.criteria:
        line = line_of(rf"^def {criterion.id}\b", path)
        if criterion.id in earlier:
            yield Finding(path, line, f"There are two checks {criterion.id}; rename one.")
        if criterion.points < 0:
            yield Finding(path, line, f"{criterion.id} takes points away; give it 0 or more.")
        if criterion.requires and criterion.requires not in earlier:
            known = ", ".join(earlier) or "none"
            advice = f'requires="{criterion.requires}" names no earlier check; there is {known}.'
            yield Finding(path, line, advice)
        earlier.append(criterion.id)


def limits_are_used(exercise: Exercise) -> Iterator[Finding]:
    """Compare the limits of checks.py and exercise.toml, and ask for the numbers to calibrate."""
    checks, table = exercise.folder / "checks.py", exercise.folder / "exercise.toml"
    tree = parse(checks)
    used = dict(sorted(_limits(tree), reverse=True))  # the first line of each wins
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    for name in used.keys() - exercise.limits.keys():
        advice = f"exercise.toml sets no limit {name}; add it under [limits]."
        yield Finding(checks, used[name], advice)
    for name in exercise.limits:
        line = line_of(rf"^\s*(\[limits\.)?{name}\b", table)
        if name not in used:
            yield Finding(table, line, f"checks.py never asks for limits.{name}; use or remove it.")
        elif name not in texts:
            advice = f'Record what {name} judges: evidence.number("{name}", ...) in checks.py.'
            yield Finding(checks, used[name], advice)


def mistakes_name_their_check(exercise: Exercise) -> Iterator[Finding]:
    """Ask each mistake for the check that it fails, and the words that are read then."""
    known = {criterion.id for criterion in exercise.criteria}
    for mistake in find_variants(exercise):
        if mistake.kind is Kind.MISTAKE:
            if mistake.fails not in known:
                was = f'"{mistake.fails}" is no check. ' if mistake.fails else ""
                listed = ", ".join(sorted(known))
                advice = f"{was}Write the line `Fails: check` in the docstring, one of {listed}."
                yield Finding(mistake.path, 1, advice)
            if not mistake.says:
                advice = "Write the line `Says: words of that check's message` in the docstring."
                yield Finding(mistake.path, 1, advice)


def _limits(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "limits"
        ):
            yield node.attr, node.lineno
