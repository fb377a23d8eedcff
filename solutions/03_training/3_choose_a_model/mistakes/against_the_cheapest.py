"""Compares all candidates with the cheapest one, then takes the lowest cost.

Fails: keeps_the_cheaper_of_two_that_tie
Says: with the one that is chosen so far
"""


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        raise ValueError("No candidate keeps to the budget.")
    chosen, *others = sorted(within, key=lambda candidate: candidate["price"])
    compared = [(cost_difference(flights, chosen, dearer), dearer) for dearer in others]
    better = [(difference, dearer) for (_, difference, high), dearer in compared if high < 0]
    if better:
        _, chosen = min(better, key=lambda pair: pair[0])
    return chosen["name"]
