"""Takes the dearest model that the budget allows.

Fails: chooses_by_cost
Says: you chose the dearest
"""


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        raise ValueError("No candidate keeps to the budget.")
    return max(within, key=lambda candidate: candidate["price"])["name"]
