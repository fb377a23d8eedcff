"""Looks at the budget after the choice, and falls back to the cheapest.

Fails: keeps_to_the_budget
Says: Leave out what is over the budget first
"""


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        raise ValueError("No candidate keeps to the budget.")
    chosen, *others = sorted(candidates, key=lambda candidate: candidate["price"])
    for dearer in others:
        _, _, high = cost_difference(flights, chosen, dearer)
        if high < 0:
            chosen = dearer
    if any(chosen[need] > most for need, most in budget.items()):
        chosen = min(within, key=lambda candidate: candidate["price"])
    return chosen["name"]
