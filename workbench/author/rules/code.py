"""The learner's side of the code: starter, reference and variants."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from workbench.author.findings import Finding
from workbench.author.rules.structure import python_files
from workbench.course import Exercise
from workbench.declarations import judges_code


def code_stands_alone(exercise: Exercise) -> Iterator[Finding]:
    """Look for imports of workbench where a learner's code stands."""
    judges = judges_code(exercise.folder / "checks.py")
    for path in python_files(exercise):
        if path not in judges:
            for line, module in imports(parse(path)):
                if module.partition(".")[0] == "workbench":
                    advice = "Learner code must run without workbench; use ordinary libraries."
                    yield Finding(path, line, advice)


def names_agree(exercise: Exercise) -> Iterator[Finding]:
    """Compare the public names and signatures of starter and reference."""
    for name in exercise.submit:
        if name.endswith(".py"):
            reference = exercise.solution / name
            starter = public_names(parse(exercise.folder / name))
            yield from _differences(starter, public_names(parse(reference)), reference)


def parse(path: Path) -> ast.Module:
    """Parse a file that has been found readable."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """List the imported modules with their lines, wherever in the file; relative ones as `.`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def public_names(tree: ast.Module) -> dict[str, tuple[str, int]]:
    """List public functions, classes and methods, each with its signature and line."""
    found: dict[str, tuple[str, int]] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and _is_public(node.name):
            found[node.name] = (_signature(node), node.lineno)
        elif isinstance(node, ast.ClassDef) and _is_public(node.name):
            found[node.name] = ("a class", node.lineno)
            found |= {f"{node.name}.{name}": value for name, value in _methods(node)}
    return found


def _methods(node: ast.ClassDef) -> Iterator[tuple[str, tuple[str, int]]]:
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and (_is_public(item.name) or item.name == "__init__"):
            yield item.name, (_signature(item), item.lineno)


def _signature(node: ast.FunctionDef) -> str:
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"({ast.unparse(node.args)}){returns}"


def _is_public(name: str) -> bool:
    return not name.startswith("_")


def _differences(
    starter: dict[str, tuple[str, int]], reference: dict[str, tuple[str, int]], path: Path
) -> Iterator[Finding]:
    for name, (wanted, _) in starter.items():
        found, line = reference.get(name, ("", 1))
        if not found:
            yield Finding(path, line, f"The starter has {name}; give it to the reference too.")
        elif found != wanted:
            yield Finding(path, line, f"The starter declares {name} as {wanted}; make them equal.")
    for name, (_, line) in reference.items():
        if name not in starter:
            advice = f"The starter has no {name}; begin its name with _ or add it there."
            yield Finding(path, line, advice)
