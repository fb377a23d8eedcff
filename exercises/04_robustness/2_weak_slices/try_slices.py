"""Try your audit on models that you know: right everywhere, or too low in one slice.

Run it in this folder: python try_slices.py
"""

import numpy as np
import pandas as pd
from weak_slices import slice_gaps, weak_slices

SWING = 0.5  # how much days differ: 0 not at all, 1 a lot


def load() -> pd.DataFrame:
    """Read ten weeks of flights, described by names."""
    flights = pd.read_parquet("flights.parquet").groupby("week").sample(800, random_state=0)
    bands = pd.cut(flights["distance"], [0, 500, 1000, 1500, 9999], labels=["A", "B", "C", "D"])
    return (
        flights[["date", "carrier", "origin", "dest"]]
        .assign(
            hour=flights["hour"].map("{:02d}:00".format),
            weekday=flights["date"].dt.day_name(),
            distance_band=bands.astype(str),
        )
        .reset_index(drop=True)
    )


def draw(flights: pd.DataFrame, weak: pd.Series, seed: int) -> tuple[pd.Series, pd.Series]:
    """Draw labels and a model's probabilities: 25 points too low in weak rows."""
    rng = np.random.default_rng(seed)
    effects = rng.uniform(0.1, 0.3, flights["hour"].nunique())
    probability = effects[pd.factorize(flights["hour"])[0]]
    day, days = pd.factorize(flights["date"])
    truth = probability * rng.uniform(1 - SWING, 1 + SWING, len(days))[day] + 0.25 * weak
    return pd.Series(rng.random(len(flights)) < truth), pd.Series(probability)


def main() -> None:
    """Show what the audit says of five sound models, and of one that is weak at DL."""
    flights = load()
    right, at_delta = pd.Series(False, flights.index), flights["carrier"] == "DL"
    for seed in range(5):
        found = weak_slices(flights, *draw(flights, right, seed))
        print(f"The model is right: {len(found)} slices reported")
    late, probability = draw(flights, at_delta, 5)
    print("\nThe largest gaps of a model that is too low at carrier DL:")
    table = slice_gaps(flights, late, probability)
    print(table.nlargest(8, "gap").to_string(index=False))
    print("\nReported:")
    print(weak_slices(flights, late, probability).to_string(index=False))


if __name__ == "__main__":
    main()
