"""The cache folder of the tables: is it there, whole and current? Imports nothing heavy."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from workbench.flights.recipe import Recipe, file_digest, find_recipe
from workbench.paths import cache_root

MANIFEST = "manifest.json"
FILES = ("flights.parquet", "weather.parquet")

State = Literal["ready", "outdated", "damaged", "missing"]


@dataclass(frozen=True)
class CacheStatus:
    """What is in the cache.

    Attributes
    ----------
    state : str
        `ready`; `outdated`: only tables of another recipe are there; `damaged`; `missing`.
    folder : Path
        Where the tables of the current recipe are, or will be.
    size : int
        Bytes of the tables in `folder`.
    recipe : str
        Digest of the current recipe.
    problem : str
        What is damaged; empty otherwise.
    """

    state: State
    folder: Path
    size: int
    recipe: str
    problem: str = ""

    @property
    def ready(self) -> bool:
        """Whether the tables can be opened without building."""
        return self.state == "ready"


def status(*, cache: Path | None = None, datasets: Path | None = None) -> CacheStatus:
    """Look at names and sizes only: cheap enough for every command.

    Parameters
    ----------
    cache, datasets : Path, optional
        Cache folder and folder of recipes; the machine's and the course's by default.
    """
    return _inspect(cache, datasets, _size_problem)


def verify(*, cache: Path | None = None, datasets: Path | None = None) -> CacheStatus:
    """As `status`, and recompute the SHA-256 of every file."""
    return _inspect(cache, datasets, digest_problem)


def tables_folder(recipe: Recipe, cache: Path | None = None) -> Path:
    """Folder of the tables that this recipe makes."""
    return (cache or cache_root()) / "flights" / recipe.digest


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read what the builder wrote last.

    Raises
    ------
    OSError, ValueError
        It is missing or not whole.
    """
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(manifest, dict) or set(manifest.get("files", ())) != set(FILES):
        raise ValueError(f"{MANIFEST} is not complete")
    return manifest


def digest_problem(folder: Path) -> str:
    """Say which file is not as it was written; empty when all are."""
    return _problem(folder, lambda path, fact: file_digest(path) == fact["sha256"])


def _size_problem(folder: Path) -> str:
    return _problem(folder, lambda path, fact: path.stat().st_size == fact["bytes"])


def _problem(folder: Path, whole: Callable[[Path, dict[str, Any]], bool]) -> str:
    try:
        for name, fact in read_manifest(folder)["files"].items():
            if not whole(folder / name, fact):
                return f"{folder / name} has changed since it was built"
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"{folder} is not complete: {error}"
    return ""


def _inspect(
    cache: Path | None, datasets: Path | None, problem_in: Callable[[Path], str]
) -> CacheStatus:
    recipe = find_recipe(datasets)
    folder = tables_folder(recipe, cache)
    if not folder.is_dir():
        others = any(folder.parent.glob(f"*/{MANIFEST}"))
        return CacheStatus("outdated" if others else "missing", folder, 0, recipe.digest)
    problem = problem_in(folder)
    size = sum(path.stat().st_size for path in folder.iterdir())
    return CacheStatus("damaged" if problem else "ready", folder, size, recipe.digest, problem)
