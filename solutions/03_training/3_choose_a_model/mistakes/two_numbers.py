"""Returns the interval without the difference.

Fails: compares_two_candidates
Says: Return three numbers
"""


def cost_difference(flights: pd.DataFrame, cheaper: dict, dearer: dict) -> tuple[float, float]:
    difference = pd.Series(_costs(flights, dearer) - _costs(flights, cheaper))
    days = difference.groupby(flights["day"].to_numpy()).agg(["sum", "size"]).to_numpy()
    drawn = np.random.default_rng(0).integers(len(days), size=(DRAWS, len(days)))
    total, size = np.moveaxis(days[drawn].sum(axis=1), 1, 0)
    low, high = 1000 * np.quantile(total / size, [0.025, 0.975])
    return low, high


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    within = [c for c in candidates if all(c[need] <= most for need, most in budget.items())]
    if not within:
        raise ValueError("No candidate keeps to the budget.")
    chosen, *others = sorted(within, key=lambda candidate: candidate["price"])
    for dearer in others:
        _, high = cost_difference(flights, chosen, dearer)
        if high < 0:
            chosen = dearer
    return chosen["name"]
