"""What the arguments of an expectation may hold: checked before Great Expectations sees them.

Great Expectations writes a row condition into a text that pandas evaluates; there, an ``@`` or a
backtick leads to every method of every object around. It also evaluates ``$PARAMETER`` formulas.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from workbench.judging.verdicts import BadAnswer

MAX_VALUES = 10_000
MAX_LETTERS = 2_000
_CONDITION_NODES = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.Invert, ast.USub,
    ast.BinOp, ast.BitAnd, ast.BitOr, ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt,
    ast.GtE, ast.In, ast.NotIn, ast.Name, ast.Load, ast.Constant, ast.List, ast.Tuple,
)  # fmt: skip
_NULL_TESTS = ("isnull", "notnull", "isna", "notna")
_STRUCTURED = {
    "comparison": {"type", "column", "operator", "parameter"},
    "nullity": {"type", "column", "is_null"},
    "and": {"type", "conditions"},
    "or": {"type", "conditions"},
}
_MOST_NODES = 500


def check_arguments(arguments: Mapping[str, Any]) -> None:
    """Refuse what is no JSON, formulas, and what is too much to be the work of a person.

    Raises
    ------
    BadAnswer
        Saying what is refused.
    """
    left, waiting = MAX_VALUES, [arguments]
    while waiting:
        value: Any = waiting.pop()
        left -= 1
        if isinstance(value, dict):
            _check_keys(value)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value[: left + 1])
        elif not (value is None or isinstance(value, str | int | float)):
            raise BadAnswer(f"An argument of type {type(value).__name__} is not run here.")
        elif isinstance(value, str) and len(value) > MAX_LETTERS:
            raise BadAnswer(f"An argument has more than {MAX_LETTERS:,} letters.")
        if left < len(waiting):
            raise BadAnswer(f"An expectation has more than {MAX_VALUES:,} values.")


def count_listed(arguments: Mapping[str, Any]) -> int:
    """Count the values in all lists of arguments that were checked."""
    count, waiting = 0, [arguments]
    while waiting:
        value: Any = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            count += len(value)
            waiting.extend(value)
    return count


def safe_condition(condition: Any) -> Any:
    """Return a row condition that does nothing but compare columns with constants.

    Raises
    ------
    BadAnswer
        When it does more; pandas would evaluate the rest as code.
    """
    if isinstance(condition, dict) and condition.get("type") == "pass_through":
        text = _safe_text(condition.get("pass_through_filter"))
        return {"type": "pass_through", "pass_through_filter": text}
    if isinstance(condition, dict):
        _check_structure(condition)
        return condition
    return _safe_text(condition)


def _check_keys(value: Mapping[Any, Any]) -> None:
    if not all(isinstance(key, str) and len(key) <= MAX_LETTERS for key in value):
        raise BadAnswer("An argument has a key that is no text.")
    if any(key.startswith("$") for key in value):
        raise BadAnswer("Suite parameters are not run here: nobody gives them a value.")


def _safe_text(text: Any) -> str:
    """Give back what was checked, written anew: no comments, no other reading by pandas."""
    try:
        if len(str(text)) > MAX_LETTERS:  # reading can take room that grows with the square
            raise ValueError
        tree = ast.parse(str(text), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadAnswer(f"The row condition {str(text)[:80]!r} cannot be read.") from None
    nodes = list(ast.walk(tree))
    if len(nodes) > _MOST_NODES or not all(map(_is_harmless, nodes)):
        raise _too_much(text)
    return ast.unparse(tree)


def _is_harmless(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return _is_constant(node.value)
    return isinstance(node, _CONDITION_NODES) or _is_null_test(node)


def _is_null_test(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return not node.args and not node.keywords and _is_null_test(node.func)
    return (
        isinstance(node, ast.Attribute)
        and node.attr in _NULL_TESTS
        and isinstance(node.value, ast.Name)
    )


def _check_structure(condition: Any, depth: int = 0) -> None:
    """Check a condition that is a tree of dicts, as ``Column("origin") == "JFK"`` becomes one."""
    kind = condition.get("type") if isinstance(condition, dict) else None
    if not isinstance(kind, str) or set(condition) != _STRUCTURED.get(kind) or depth > 8:
        raise _too_much(condition)
    if kind in {"and", "or"}:
        inner = condition["conditions"]
        for part in inner if isinstance(inner, list) else [None]:
            _check_structure(part, depth + 1)
        return
    column, parameter = condition["column"], condition.get("parameter", 0)
    names = column.values() if isinstance(column, dict) else [None]
    constants = parameter if isinstance(parameter, list) else [parameter]
    if not (all(isinstance(n, str) and _is_constant(n) for n in names)
            and all(map(_is_constant, constants))):  # fmt: skip
        raise _too_much(condition)


def _is_constant(value: object) -> bool:
    """Tell whether pandas reads a constant as one; a backtick would end a quoted name."""
    if isinstance(value, str):
        return "`" not in value and (value.isprintable() or not value)
    return isinstance(value, int | float)


def _too_much(condition: object) -> BadAnswer:
    return BadAnswer(
        f"The row condition {str(condition)[:80]!r} does more than compare columns with "
        "constants; write it like 'origin == \"JFK\" and distance > 0'."
    )
