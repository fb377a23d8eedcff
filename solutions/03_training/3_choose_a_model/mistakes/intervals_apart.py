"""Asks that the intervals of two costs do not overlap.

Fails: takes_the_better_one
Says: may overlap all the same
"""


def _cost_interval(flights: pd.DataFrame, candidate: dict) -> tuple[float, float]:
    free = {**candidate, "held_out": flights["late"].to_numpy(dtype=float)}
    low, _, high = cost_difference(flights, free, candidate)
    return low, high


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        raise ValueError("No candidate keeps to the budget.")
    chosen, *others = sorted(within, key=lambda candidate: candidate["price"])
    for dearer in others:
        if _cost_interval(flights, dearer)[1] < _cost_interval(flights, chosen)[0]:
            chosen = dearer
    return chosen["name"]
