"""The submissions that must win nothing, and what each of them says about itself."""

import ast
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
SUBMISSIONS = HERE / "submissions"


@dataclass(frozen=True)
class Attack:
    """A folder below ``submissions``; the docstring of its Python file has the headers.

    Parameters
    ----------
    name, folder
        The folder's name and place.
    earns
        Points that an honest reading of the submission may earn at most.
    isolation
        ``process``, ``sandbox`` or ``process, sandbox``: where it is judged.
    exercise
        An exercise of the real course, or ``desk``, the one beside these tests.
    ends
        Outcome that one of its checks must have, so that an attack that does not even run is
        noticed; ``grader error`` is allowed to the few that name it.
    prints
        Words that its output must hold, for the same reason.
    known
        Why it still wins: a hole that is known, and watched.
    """

    name: str
    folder: Path
    earns: int
    isolation: str
    exercise: str
    ends: str
    prints: str
    known: str

    @property
    def marks(self) -> list[pytest.MarkDecorator]:
        return [pytest.mark.xfail(reason=self.known, strict=True)] if self.known else []

    def lay_out(self, folder: Path, places: Mapping[str, object]) -> Path:
        """Copy it, with the places of this run filled in."""
        submission = folder / self.name
        shutil.copytree(self.folder, submission, ignore=shutil.ignore_patterns("__pycache__"))
        for path in submission.glob("*.shipped"):
            # pytest and ruff would otherwise obey the attacks' configuration here
            path.rename(path.with_suffix(""))
        for path in submission.glob("*.py"):
            text = path.read_text()
            for name, place in places.items():
                text = text.replace(f"@{name}@", str(place))
            path.write_text(text)
        return submission


def find_attacks(isolation: str, *, ours: bool = True) -> list[Any]:
    """List the attacks on the exercise beside these tests, or those on the real course."""
    folders = sorted(main.parent for main in SUBMISSIONS.glob("*/*.py"))
    return [
        pytest.param(attack, id=attack.name, marks=attack.marks)
        for attack in map(_read, folders)
        if isolation in attack.isolation.split(", ") and (attack.exercise == "desk") == ours
    ]


def _read(folder: Path) -> Attack:
    (main,) = folder.glob("*.py")
    text = ast.get_docstring(ast.parse(main.read_bytes())) or ""
    headers = dict(re.findall(r"^(Earns|Isolation|Exercise|Ends|Prints|Known): (.+)$", text, re.M))
    return Attack(
        folder.name,
        folder,
        earns=int(headers["Earns"]),
        isolation=headers.get("Isolation", "process"),
        exercise=headers.get("Exercise", "desk"),
        ends=headers.get("Ends", "failed"),
        prints=headers.get("Prints", ""),
        known=headers.get("Known", ""),
    )
