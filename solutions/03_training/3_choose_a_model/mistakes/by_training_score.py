"""Chooses the candidate with the best score on its training flights.

Fails: chooses_by_cost
Says: a large model knows its training flights by heart
"""


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        raise ValueError("No candidate keeps to the budget.")
    late = flights["late"].to_numpy()
    best = min(within, key=lambda candidate: ((candidate["in_training"] - late) ** 2).mean())
    return best["name"]
