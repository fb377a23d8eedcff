"""Try your triage on batches whose cause you know.

Run it in this folder: python try_triage.py
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from triage import Triage

RNG = np.random.default_rng(0)


def model(flights: pd.DataFrame) -> pd.Series:
    """Return the probabilities of a model: evenings, delays and some carriers are late."""
    delay = (flights["delay_city_3h"].fillna(5) / 20).clip(-1, 3)
    carrier = flights["carrier"].map({"EV": 0.6, "MQ": 0.5, "UA": -0.3, "DL": -0.5}).fillna(0.0)
    logit = -2 + 0.08 * (flights["hour"].fillna(13) - 13) + 0.6 * delay + carrier
    return 1 / (1 + np.exp(-logit))


def happen(flights: pd.DataFrame) -> pd.DataFrame:
    """Add the model's probabilities, which are right, and what happened."""
    p = model(flights)
    return flights.assign(p=p, late=RNG.random(len(p)) < p)


def some(week: pd.DataFrame, weights: pd.Series | None = None) -> pd.DataFrame:
    """Draw 2,000 flights of a week, in their order."""
    chance = None if weights is None else weights / weights.sum()
    rows = RNG.choice(len(week), 2000, replace=False, p=chance)
    return week.iloc[np.sort(rows)].reset_index(drop=True)


def incidents(batch: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Write some columns wrongly."""
    yield "distance in kilometres", batch.assign(distance=(batch["distance"] * 1.609).round())
    yield "delays in hours", batch.assign(delay_dest_6h=batch["delay_dest_6h"] / 60)
    yield "hours of UTC", batch.assign(hour=(batch["hour"] + 4) % 24)
    yield "temp and visib swapped", batch.assign(temp=batch["visib"], visib=batch["temp"])
    yield "UA written UAL", batch.assign(carrier=batch["carrier"].replace("UA", "UAL"))
    lost = RNG.random(len(batch)) < 0.3
    yield "temp missing", batch.assign(temp=batch["temp"].mask(lost))
    yield "delays hang", batch.assign(delay_city_3h=batch["delay_city_3h"].iloc[1000])


def mixes(week: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Draw flights in another mix."""
    yield "more flights of B6", some(week, np.exp(4 * week["carrier"].eq("B6")))
    yield "fewer flights from LGA", some(week, np.exp(-2.5 * week["origin"].eq("LGA")))
    yield "longer flights", some(week, np.exp(3.5 * week["distance"].rank(pct=True)))


def levels(batch: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Change the odds of all flights."""
    for factor in (0.3, 2.2):
        odds = factor * batch["p"] / (1 - batch["p"])
        late = RNG.random(len(batch)) < odds / (1 + odds)
        yield f"all odds times {factor}", batch.assign(late=late)


def rules(batch: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Make flights of one group late more often."""
    groups = {
        "carrier UA": batch["carrier"].eq("UA"),
        "from JFK": batch["origin"].eq("JFK"),
        "before 9 o'clock": batch["hour"] < 9,
    }
    for name, rows in groups.items():
        more = rows & (RNG.random(len(batch)) < 0.35)
        yield f"{name} late more often", batch.assign(late=batch["late"] | more)


def batches(flights: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Make batches of each cause, each of another week."""
    weeks = [happen(week) for _, week in flights[flights["week"] > 13].groupby("week")]
    for week in weeks[:5]:
        yield "season", f"week {week['week'].iloc[0]}", some(week)
    for name, batch in incidents(some(weeks[5])):
        yield "data incident", name, batch.assign(p=model(batch))
    for name, batch in mixes(weeks[6]):
        yield "covariate shift", name, batch
    for name, batch in levels(some(weeks[7])):
        yield "label shift", name, batch
    for name, batch in rules(some(weeks[8])):
        yield "concept drift", name, batch


def main() -> None:
    """Print what the triage says of each batch."""
    flights = pd.read_parquet("flights.parquet")
    flights = flights[flights["distance"] >= 80].reset_index(drop=True)
    calm = flights[flights["week"] <= 13].groupby("week").sample(2000, random_state=0)
    triage = Triage(happen(calm.reset_index(drop=True)))
    print(f"{'cause':<18}{'what had happened':<30}your name")
    for cause, name, batch in batches(flights):
        answer = triage.name(batch)
        print(f"{cause:<18}{name:<30}{answer}{'' if answer == cause else '  <-'}")


if __name__ == "__main__":
    main()
