"""Draws the days of each candidate apart.

Fails: compares_two_candidates
Says: Compare the two candidates flight by flight
"""


def cost_difference(
    flights: pd.DataFrame, cheaper: dict, dearer: dict
) -> tuple[float, float, float]:
    rng = np.random.default_rng(0)
    one, other = (_mean_costs(flights, candidate, rng) for candidate in (cheaper, dearer))
    low, high = np.quantile(other - one, [0.025, 0.975])
    return low, 1000 * (_costs(flights, dearer) - _costs(flights, cheaper)).mean(), high


def _mean_costs(flights: pd.DataFrame, candidate: dict, rng: np.random.Generator) -> np.ndarray:
    cost = pd.Series(_costs(flights, candidate))
    days = cost.groupby(flights["day"].to_numpy()).agg(["sum", "size"]).to_numpy()
    drawn = rng.integers(len(days), size=(DRAWS, len(days)))
    total, size = np.moveaxis(days[drawn].sum(axis=1), 1, 0)
    return 1000 * total / size
