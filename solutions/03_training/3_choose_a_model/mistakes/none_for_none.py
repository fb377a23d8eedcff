"""Returns an empty name when no candidate keeps to the budget.

Fails: refuses_when_nothing_fits
Says: Raise a ValueError
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
    difference = pd.Series(_costs(flights, dearer) - _costs(flights, cheaper))
    days = difference.groupby(flights["day"].to_numpy()).agg(["sum", "size"]).to_numpy()
    drawn = np.random.default_rng(0).integers(len(days), size=(DRAWS, len(days)))
    total, size = np.moveaxis(days[drawn].sum(axis=1), 1, 0)
    low, high = 1000 * np.quantile(total / size, [0.025, 0.975])
    return low, 1000 * difference.mean(), high


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        return ""
    chosen, *others = sorted(within, key=lambda candidate: candidate["price"])
    for dearer in others:
        _, _, high = cost_difference(flights, chosen, dearer)
        if high < 0:
            chosen = dearer
    return chosen["name"]
