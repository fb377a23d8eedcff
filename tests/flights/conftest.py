from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from workbench.flights.build import run_recipe
from workbench.flights.content import content_digest
from workbench.flights.recipe import Recipe, find_recipe, find_source
from workbench.flights.table import Flights, open_flights

DATASETS = Path(__file__).parents[2] / "datasets"

TOY_RECIPE = """
import os, time
from pathlib import Path
import pandas as pd

def build(folder, progress):
    progress("Making toys", 0.3)
    with open(Path(__file__).with_name("builds.txt"), "a") as log:
        log.write(f"{os.getpid()}\\n")
    while Path(__file__).with_name("hold").exists():
        time.sleep(0.02)
    weeks = pd.DataFrame({"week": range(1, 53), "late": [False, True] * 26})
    return {"flights": weeks, "weather": weeks.head(3)}
"""


@pytest.fixture(scope="session")
def flights() -> Flights:
    """The real tables, through the machine's own cache."""
    return open_flights(datasets=DATASETS)


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    return find_recipe(DATASETS)


@pytest.fixture(scope="session")
def steps(recipe: Recipe) -> SimpleNamespace:
    """The functions of the recipe."""
    namespace: dict[str, Any] = {"__name__": "flights_recipe"}
    exec(compile(recipe.code, recipe.path, "exec", dont_inherit=True), namespace)
    return type(
        "Steps", (), {name: staticmethod(f) for name, f in namespace.items() if callable(f)}
    )


@pytest.fixture(scope="session")
def raw(recipe: Recipe, steps: SimpleNamespace) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The source's flights and weather as they are."""
    return steps.read_source(find_source(recipe))


@pytest.fixture
def toys(tmp_path: Path) -> Path:
    """A folder of recipes like the real one, whose tables are made in no time."""
    folder = tmp_path / "datasets" / "flights"
    folder.mkdir(parents=True)
    (folder / "recipe.py").write_text(TOY_RECIPE)
    (folder / "dataset.toml").write_text((DATASETS / "flights" / "dataset.toml").read_text())
    recipe = find_recipe(folder.parent)
    made = run_recipe(recipe, folder, lambda text, share: None)
    (folder / "builds.txt").unlink()
    promise(folder, made)
    return folder.parent


def promise(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Write row counts and content digests into dataset.toml."""
    path = folder / "dataset.toml"
    source = path.read_text().split("# Row counts")[0]
    for name, table in tables.items():
        source += f'[tables.{name}]\nrows = {len(table)}\ncontent = "{content_digest(table)}"\n'
    path.write_text(source)
