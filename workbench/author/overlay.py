"""A wrong way, written as what it changes in the reference."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class _Piece:
    """A statement of a module or class: the names that it binds, and its lines.

    The lines begin behind the statement before, so comments above it are its own.
    """

    node: ast.stmt
    names: frozenset[str]
    lines: tuple[str, ...]


def overlay(reference: str, change: str) -> str:
    """Lay a change over the code of the reference.

    What the change defines takes the place of what the reference defines under the same name; of
    a class that both have, this is said of its members. ``del name`` takes a definition out.
    What is new goes before the first function or class. All the rest stays.

    Raises
    ------
    SyntaxError
        If one of them is no Python.
    """
    ours, theirs = (_pieces(ast.parse(text).body, text) for text in (reference, change))
    return "".join(_merge(ours, theirs))


def _merge(ours: Sequence[_Piece], theirs: Sequence[_Piece]) -> list[str]:
    gone = {name for piece in theirs for name in _deleted(piece.node)}
    stays = [piece for piece in ours if not piece.names & gone]
    changes = [piece for piece in theirs if not _deleted(piece.node)]
    before = {name: piece for piece in stays for name in piece.names}
    after = {name: piece for piece in changes for name in piece.names}
    new = [piece for piece in changes if not piece.names & before.keys()]
    first = next((i for i, piece in enumerate(stays) if _is_code(piece.node)), len(stays))
    text: list[str] = []
    done: set[frozenset[str]] = set()
    for i, piece in enumerate(stays):
        if i == first:
            text += [line for fresh in new for line in fresh.lines]
        found = next((after[name] for name in sorted(piece.names) if name in after), None)
        if found is None:
            text += piece.lines
        elif found.names not in done:
            done.add(found.names)
            text += _instead(piece, found)
    return text if first < len(stays) else [*text, *(line for f in new for line in f.lines)]


def _instead(piece: _Piece, change: _Piece) -> list[str]:
    """Put a change into a piece's place; a class keeps its other members."""
    if isinstance(piece.node, ast.ClassDef) and isinstance(change.node, ast.ClassDef):
        _, ours = _members(piece.node, piece.lines)
        head, theirs = _members(change.node, change.lines)
        return [*head, *_merge(ours, theirs)]
    return [*change.lines]


def _members(node: ast.ClassDef, lines: Sequence[str]) -> tuple[Sequence[str], list[_Piece]]:
    """Cut a class into the lines of its head, and the pieces of its body."""
    offset = (node.end_lineno or 0) - len(lines)  # lines of the file above this piece
    head = node.body[0].lineno - 1 - offset
    decorated = getattr(node.body[0], "decorator_list", [])
    head = min([head, *(d.lineno - 1 - offset for d in decorated)])
    return lines[:head], _cut(node.body, lines, head, offset)


def _pieces(body: Sequence[ast.stmt], text: str) -> list[_Piece]:
    return _cut(body, text.splitlines(keepends=True), 0, 0)


def _cut(body: Sequence[ast.stmt], lines: Sequence[str], begin: int, offset: int) -> list[_Piece]:
    pieces = []
    for node in body:
        end = (node.end_lineno or 0) - offset
        whole = [*lines[begin:end]]
        if whole and not whole[-1].endswith("\n"):
            whole[-1] += "\n"
        pieces.append(_Piece(node, frozenset(_bound(node)), tuple(whole)))
        begin = end
    return pieces


def _bound(node: ast.stmt) -> set[str]:
    """Name what a statement defines; an import is never in another one's way."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.Assign() | ast.AnnAssign():
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found = (part for target in targets for part in ast.walk(target))
            return {part.id for part in found if isinstance(part, ast.Name)}
        case ast.Expr(value=ast.Constant(value=str())):
            return {"__doc__"}
    return set()


def _deleted(node: ast.stmt) -> set[str]:
    targets = node.targets if isinstance(node, ast.Delete) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _is_code(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
