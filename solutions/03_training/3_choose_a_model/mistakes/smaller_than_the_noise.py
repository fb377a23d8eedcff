"""Takes a dearer candidate for any difference in its favour.

Fails: keeps_the_cheaper_of_two_that_tie
Says: no larger than their noise
"""


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        raise ValueError("No candidate keeps to the budget.")
    chosen, *others = sorted(within, key=lambda candidate: candidate["price"])
    for dearer in others:
        _, difference, _ = cost_difference(flights, chosen, dearer)
        if difference < 0:
            chosen = dearer
    return chosen["name"]
