"""Gives each difference the same interval, whatever its days say.

Fails: compares_two_candidates
Says: Let each pair's own days say
"""

REACH = 85.0


def cost_difference(
    flights: pd.DataFrame, cheaper: dict, dearer: dict
) -> tuple[float, float, float]:
    difference = 1000 * (_costs(flights, dearer) - _costs(flights, cheaper)).mean()
    return difference - REACH, difference, difference + REACH
