"""Try your estimator on weeks whose costs you know.

Run it in this folder: python try_estimator.py, with a seed if you like
"""

import sys

import numpy as np
import pandas as pd
from estimator import CostEstimator

FLIGHTS = 1000  # a week
PLAN = {"calm": 4, "later flights": 4, "earlier flights": 4, "a changed world": 10}


def draw(rng: np.random.Generator, first: int, weeks: int, kind: str = "calm") -> pd.DataFrame:
    """Draw weeks of flights; those of one day share weather that no column shows."""
    count = weeks * FLIGHTS
    day = np.sort(rng.integers(7, size=(weeks, FLIGHTS)) + 7 * np.arange(weeks)[:, None]).ravel()
    towards = {"later flights": (5, 1.5), "earlier flights": (1.5, 4)}.get(kind, (2, 2))
    hour = 5 + np.floor(18 * rng.beta(*towards, count))
    delay = rng.gamma(1.2, 10, count)
    odds = -4.6 + 0.2 * (hour - 5) + 0.04 * delay + rng.normal(0, 0.8, count)
    flights = pd.DataFrame({"week": first + day // 7, "day": 7 * first + day})
    flights["origin"] = rng.choice(["EWR", "JFK", "LGA"], count)
    flights["hour"] = hour.astype(int)
    flights["distance"] = rng.choice([200, 500, 1000, 2400], count)
    flights["delay_city_3h"] = np.where(hour < 7, np.nan, delay)
    flights["p"] = 1 / (1 + np.exp(0.7 - 1.2 * odds))  # too low, and too sure
    weather = rng.normal(0, 0.45, 7 * weeks)[day]
    odds = odds + weather + 0.9 * (kind == "a changed world")
    return flights.assign(late=rng.random(count) < 1 / (1 + np.exp(-odds)))


def cost_of(flights: pd.DataFrame) -> float:
    """Return what the desk's decisions cost per 1,000 flights."""
    late, treated = flights["late"], flights["p"] >= 1 / 6
    return 1000 * float(np.where(treated, ~late, 5 * late).mean())


def main() -> None:
    """Estimate week after week; labels come one week late."""
    rng = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    estimator, week, known = CostEstimator(draw(rng, 1, 13)), 14, None
    print(f"{'week':>4} {'':15} {'cost':>5} {'yours':>6} {'low':>6} {'high':>6} {'z':>5}  trusted")
    for kind, weeks in PLAN.items():
        for _, flights in draw(rng, week, weeks, kind).groupby("week"):
            flights = flights.reset_index(drop=True)
            answer = estimator.estimate(flights.drop(columns="late"))
            if known is not None:
                estimator.learn(week - 1, known)
            cost, low, high = cost_of(flights), answer["low"], answer["high"]
            z = (cost - answer["cost"]) / max((high - low) / (2 * 1.645), 1e-9)
            said = f"{answer['cost']:6.0f} {low:6.0f} {high:6.0f} {z:5.1f}  {answer['trusted']}"
            print(f"{week:4} {kind:15} {cost:5.0f} {said}")
            week, known = week + 1, flights["late"].to_numpy()


if __name__ == "__main__":
    main()
