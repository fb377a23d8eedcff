"""The ways to answer an exercise that its author keeps, each laid out as a submission."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from workbench.author.overlay import overlay
from workbench.course import Exercise


class Kind(StrEnum):
    """What a variant must prove."""

    STARTER = "starter"
    REFERENCE = "reference"
    ALTERNATIVE = "alternative"
    MISTAKE = "mistake"
    CONSTANT = "constant"


RIGHT = (Kind.REFERENCE, Kind.ALTERNATIVE)
SHELVES = {
    Kind.ALTERNATIVE: "alternatives",
    Kind.MISTAKE: "mistakes",
    Kind.CONSTANT: "constants",
}


@dataclass(frozen=True)
class Variant:
    """One way to answer an exercise.

    Parameters
    ----------
    kind, name
        What it must prove, and what it is called.
    path
        Its file or folder.
    files
        The submitted files by name, each with where it comes from.
    fails, says
        Of a mistake: the check that must fail, and words of that check's message.
    reference
        The folder of the reference, over which a mistake is laid.
    """

    kind: Kind
    name: str
    path: Path
    files: tuple[tuple[str, Path], ...]
    fails: str = ""
    says: str = ""
    reference: Path = Path()

    def __str__(self) -> str:
        return self.name if self.name == self.kind else f"{self.kind} {self.name}"

    def lay_out(self, into: Path) -> Path:
        """Write the files into a folder of their own under ``into``; return that folder."""
        folder = into / f"{self.kind}-{self.name}"
        folder.mkdir(parents=True)
        for name, source in self.files:
            (folder / name).write_bytes(self._content(name, source))
        return folder

    def _content(self, name: str, source: Path) -> bytes:
        """Read a file; the code of a mistake is laid over that of the reference."""
        if (
            self.kind is not Kind.MISTAKE
            or source.suffix != ".py"
            or source == self.reference / name
        ):
            return source.read_bytes()
        texts = (
            (self.reference / name).read_text(encoding="utf-8"),
            source.read_text(encoding="utf-8"),
        )
        return overlay(*texts).encode()


def find_variants(exercise: Exercise) -> tuple[Variant, ...]:
    """List starter, reference, alternatives, mistakes and constants, in this order."""
    return (
        _whole(exercise, Kind.STARTER, exercise.folder),
        _whole(exercise, Kind.REFERENCE, exercise.solution),
        *(variant for kind in SHELVES for variant in _shelf(exercise, kind)),
    )


def fits(path: Path, exercise: Exercise) -> bool:
    """Tell whether a file stands in for the submit file, or a folder for some of several."""
    if len(exercise.submit) == 1:
        return path.is_file() and path.suffix == Path(exercise.submit[0]).suffix
    own = {item.name for item in path.iterdir()} if path.is_dir() else set()
    return bool(own) and own <= set(exercise.submit)


def entries(folder: Path) -> list[Path]:
    """List what an author put into a folder, without what Python leaves there."""
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.name != "__pycache__" and p.name[0] != ".")


def _whole(exercise: Exercise, kind: Kind, folder: Path) -> Variant:
    files = tuple((name, folder / name) for name in exercise.submit)
    return Variant(kind, kind.value, folder, files, reference=exercise.solution)


def _shelf(exercise: Exercise, kind: Kind) -> Iterator[Variant]:
    for path in entries(exercise.solution / SHELVES[kind]):
        if fits(path, exercise):
            files = tuple(_files(path, exercise))
            fails, says = _header(path) if kind is Kind.MISTAKE else ("", "")
            yield Variant(kind, path.stem, path, files, fails, says, exercise.solution)


def _files(path: Path, exercise: Exercise) -> Iterator[tuple[str, Path]]:
    """Take each submit file from the variant, else from the reference."""
    for name in exercise.submit:
        own = path if path.is_file() else path / name
        yield name, own if own.exists() else exercise.solution / name


def _header(path: Path) -> tuple[str, str]:
    """Read the lines ``Fails:`` and ``Says:`` of a mistake."""
    text = "\n".join(map(_introduction, [path] if path.is_file() else entries(path)))
    fails, says = (re.search(rf"^{word}:[ \t]*(.+)$", text, re.M) for word in ("Fails", "Says"))
    return (fails[1].strip() if fails else ""), (says[1].strip() if says else "")


def _introduction(path: Path) -> str:
    """Read the module's docstring; all of a file that is no code."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    try:
        return ast.get_docstring(ast.parse(text)) or ""
    except SyntaxError:
        return ""
