"""Takes flights as the units, and widens all intervals by what days cost in the mean.

Fails: compares_two_candidates
Says: The farther end is off
"""


def cost_difference(
    flights: pd.DataFrame, cheaper: dict, dearer: dict
) -> tuple[float, float, float]:
    difference = 1000 * (_costs(flights, dearer) - _costs(flights, cheaper))
    mean, reach = difference.mean(), 1.7 * 1.96 * difference.std() / len(difference) ** 0.5
    return mean - reach, mean, mean + reach
