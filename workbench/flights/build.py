"""Run the recipe and put its tables into the cache: whole, or not at all."""

import json
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from workbench.flights.cache import MANIFEST, digest_problem
from workbench.flights.content import content_digest
from workbench.flights.errors import FlightsError
from workbench.flights.lock import exclusive
from workbench.flights.recipe import Recipe, file_digest, find_source

Progress = Callable[[str, float], None]

PATIENCE = 300.0  # seconds for another builder; building takes a few
_UNFINISHED = ".building-"


def ensure_built(recipe: Recipe, folder: Path, progress: Progress) -> None:
    """Build the tables unless another process has done it in the meantime.

    Parameters
    ----------
    recipe : Recipe
        What to build.
    folder : Path
        Where the tables shall be; replaced when it is damaged.
    progress : callable
        Called with what is being done and the share that is done, 0 to 1.

    Raises
    ------
    FlightsError
        The source is missing or wrong, or the result is not what the recipe promises.
    OSError
        The cache cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)

    def waiting() -> None:
        progress("Waiting for another process that builds the flights tables", 0.0)

    with exclusive(folder.parent / "lock", waiting=waiting, patience=PATIENCE):
        _remove_leftovers(folder.parent)
        if digest_problem(folder):
            _build(recipe, folder, progress)


def _build(recipe: Recipe, folder: Path, progress: Progress) -> None:
    progress("Checking the source files", 0.0)
    source = find_source(recipe)
    unfinished = _new_folder(folder.parent)
    try:
        tables = run_recipe(recipe, source, progress)
        progress("Writing the tables", 0.6)
        _write(recipe, tables, unfinished)
        progress("Comparing them with what the recipe promises", 0.8)
        _prove(recipe, unfinished)
        _put_in_place(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def run_recipe(recipe: Recipe, source: Path, progress: Progress) -> dict[str, pd.DataFrame]:
    """Run the very bytes that were digested."""
    namespace: dict[str, Any] = {"__name__": "flights_recipe", "__file__": str(recipe.path)}
    exec(compile(recipe.code, recipe.path, "exec", dont_inherit=True), namespace)  # noqa: S102
    tables: dict[str, pd.DataFrame] = namespace["build"](source, progress)
    return tables


def _write(recipe: Recipe, tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write each table, then the manifest: what has no manifest is not a table."""
    weeks = tables["flights"].groupby("week", sort=False).size().tolist()
    write_table(tables["flights"], folder / "flights.parquet", weeks)
    write_table(tables["weather"], folder / "weather.parquet", [len(tables["weather"])])
    files = {
        path.name: {"bytes": path.stat().st_size, "sha256": file_digest(path)}
        for path in sorted(folder.glob("*.parquet"))
    }
    manifest = {"recipe": recipe.digest, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def write_table(frame: pd.DataFrame, path: Path, groups: list[int]) -> None:
    """Write a Parquet file with row groups of these lengths."""
    table = pa.Table.from_pandas(frame, preserve_index=False, nthreads=1)
    with pq.ParquetWriter(
        path, table.schema, compression="zstd", write_page_checksum=True
    ) as writer:
        start = 0
        for rows in groups:
            writer.write_table(table.slice(start, rows), row_group_size=rows)
            start += rows


def column_names(path: Path) -> tuple[str, ...]:
    """Columns of a written table."""
    return tuple(pq.read_schema(path).names)


def read_table(path: Path, columns: list[str], groups: list[int] | None = None) -> pd.DataFrame:
    """Read these columns of these row groups, without starting a thread.

    Readers run in forked processes; buffering ahead would start Arrow's I/O threads.
    """
    with pq.ParquetFile(path, pre_buffer=False, page_checksum_verification=True) as file:
        wanted = range(file.num_row_groups) if groups is None else groups
        table = file.read_row_groups(list(wanted), columns=columns, use_threads=False)
    frame: pd.DataFrame = table.select(columns).to_pandas(use_threads=False)
    return frame


def _prove(recipe: Recipe, folder: Path) -> None:
    """Read back what was written and compare its content with dataset.toml."""
    promised = recipe.facts["tables"]
    found = {name: describe(folder / f"{name}.parquet") for name in promised}
    if found != promised:
        raise FlightsError(
            f"The recipe made other tables than dataset.toml promises: {promised} expected, "
            f"{found} found. If you changed {recipe.path} on purpose, write the new values "
            "into dataset.toml; else install the workbench again."
        )


def describe(path: Path) -> dict[str, int | str]:
    """Row count and content digest of a written table, as dataset.toml has them."""
    frame = read_table(path, list(column_names(path)))
    return {"rows": len(frame), "content": content_digest(frame)}


def _put_in_place(unfinished: Path, folder: Path) -> None:
    """Replace a damaged folder; a reader sees the old, nothing, or all of the new."""
    if folder.exists():
        damaged = _new_folder(folder.parent)
        folder.replace(damaged / folder.name)
        shutil.rmtree(damaged, ignore_errors=True)
    unfinished.replace(folder)


def _new_folder(parent: Path) -> Path:
    """Make a working folder, as readable for others as the umask allows."""
    path = parent / f"{_UNFINISHED}{secrets.token_hex(4)}"
    path.mkdir()
    return path


def _remove_leftovers(parent: Path) -> None:
    """Remove what killed builders left; the caller holds the lock, so none is alive."""
    for path in parent.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(path, ignore_errors=True)
