"""Chooses the candidate with the best accuracy.

Fails: chooses_by_cost
Says: Choose by cost, not by accuracy
"""


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        raise ValueError("No candidate keeps to the budget.")
    late = flights["late"].to_numpy()
    best = max(within, key=lambda candidate: ((candidate["held_out"] >= 0.5) == late).mean())
    return best["name"]
