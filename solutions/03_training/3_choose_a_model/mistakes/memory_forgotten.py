"""Keeps to the budget of time, and forgets the memory.

Fails: keeps_to_the_budget
Says: be it of time or of memory
"""


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        raise ValueError("No candidate keeps to the budget.")
    within = [c for c in candidates if c["milliseconds"] <= budget["milliseconds"]]
    chosen, *others = sorted(within, key=lambda candidate: candidate["price"])
    for dearer in others:
        _, _, high = cost_difference(flights, chosen, dearer)
        if high < 0:
            chosen = dearer
    return chosen["name"]
