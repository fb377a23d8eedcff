"""Takes a dearer candidate if it is better by 80, whatever the interval says.

Fails: takes_the_better_one
Says: small but sure
"""


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        raise ValueError("No candidate keeps to the budget.")
    chosen, *others = sorted(within, key=lambda candidate: candidate["price"])
    for dearer in others:
        _, difference, _ = cost_difference(flights, chosen, dearer)
        if difference < -80:
            chosen = dearer
    return chosen["name"]
