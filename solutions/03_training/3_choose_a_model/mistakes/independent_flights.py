"""Takes every flight as independent of the others.

Fails: compares_two_candidates
Says: Take whole days as the units
"""

DRAWS = 300


def cost_difference(
    flights: pd.DataFrame, cheaper: dict, dearer: dict
) -> tuple[float, float, float]:
    difference = pd.Series(_costs(flights, dearer) - _costs(flights, cheaper))
    values, rng = difference.to_numpy(), np.random.default_rng(0)
    means = [rng.choice(values, len(values)).mean() for _ in range(DRAWS)]
    low, high = 1000 * np.quantile(means, [0.025, 0.975])
    return low, 1000 * difference.mean(), high
