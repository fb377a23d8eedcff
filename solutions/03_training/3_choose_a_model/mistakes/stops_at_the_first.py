"""Stops at the first candidate that is better than the cheapest.

Fails: takes_the_better_one
Says: Go on to the dearest candidate
"""


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        raise ValueError("No candidate keeps to the budget.")
    chosen, *others = sorted(within, key=lambda candidate: candidate["price"])
    for dearer in others:
        _, _, high = cost_difference(flights, chosen, dearer)
        if high < 0:
            return dearer["name"]
    return chosen["name"]
