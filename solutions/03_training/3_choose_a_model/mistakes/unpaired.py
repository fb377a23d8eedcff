"""Draws the days of each candidate apart.

Fails: compares_two_candidates
Says: Compare the two candidates flight by flight
"""

import numpy as np
import pandas as pd

MISS, FALSE_ALARM = 5, 1
DRAWS = 1000


def _costs(flights: pd.DataFrame, candidate: dict) -> np.ndarray:
    """Return what each of the candidate's decisions cost."""
    alarm = candidate["held_out"] >= FALSE_ALARM / (MISS + FALSE_ALARM)
    late = flights["late"].to_numpy()
    return np.where(alarm, FALSE_ALARM * ~late, MISS * late)


def cost_difference(
    flights: pd.DataFrame, cheaper: dict, dearer: dict
) -> tuple[float, float, float]:
    rng = np.random.default_rng(0)
    one, other = (_mean_costs(flights, candidate, rng) for candidate in (cheaper, dearer))
    low, high = np.quantile(other - one, [0.025, 0.975])
    return low, 1000 * (_costs(flights, dearer) - _costs(flights, cheaper)).mean(), high


def _mean_costs(flights: pd.DataFrame, candidate: dict, rng: np.random.Generator) -> np.ndarray:
    cost = pd.Series(_costs(flights, candidate))
    days = cost.groupby(flights["day"].to_numpy()).agg(["sum", "size"]).to_numpy()
    drawn = rng.integers(len(days), size=(DRAWS, len(days)))
    total, size = np.moveaxis(days[drawn].sum(axis=1), 1, 0)
    return 1000 * total / size


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        raise ValueError("No candidate keeps to the budget.")
    chosen, *others = sorted(within, key=lambda candidate: candidate["price"])
    for dearer in others:
        _, _, high = cost_difference(flights, chosen, dearer)
        if high < 0:
            chosen = dearer
    return chosen["name"]
