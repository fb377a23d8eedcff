from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

from workbench.scenarios import World

# A busy machine is no failure.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

COLUMNS = ["carrier", "flight", "hour", "distance", "visib", "gust", "observed_at", "late"]


def rows_of(week: int, size: int = 300) -> pd.DataFrame:
    """One made-up week: arithmetic only, so that it is the same on every machine."""
    n = np.arange(size)
    visib = (n * 7 % 11).astype(float)
    visib[n % 13 == 0] = np.nan
    return pd.DataFrame(
        {
            "week": week,
            "carrier": pd.Series(np.array(["UA", "AA", "B6"])[n * 5 % 7 % 3], dtype="str"),
            "flight": week * 1000 + n,
            "hour": 5 + n * 19 // size,
            "distance": 200 + n * 37 % 2400,
            "visib": visib,
            "gust": (n * 13 % 29).astype(float),
            "observed_at": pd.Timestamp("2013-04-02 05:51", tz="UTC")
            + pd.to_timedelta(n * 19 // size, unit="h"),
            "late": n * 17 % 10 < 2,
        }
    )


@dataclass(frozen=True)
class Table:
    """Stands in for the flights, and counts how often each week is read."""

    reads: Counter[int] = field(default_factory=Counter)

    def read(self, columns, weeks):
        self.reads.update(weeks)
        return pd.concat([rows_of(week) for week in weeks], ignore_index=True)[list(columns)]


@pytest.fixture
def table():
    return Table()


@pytest.fixture
def world(table):
    return World(table, seed=7, name="test")


@pytest.fixture
def stream(world):
    return world.stream(COLUMNS, weeks=range(14, 30), reference_weeks=range(8, 14), rows=100)


@pytest.fixture(scope="session")
def week():
    """The rows of one week."""
    return rows_of(20)[COLUMNS]
