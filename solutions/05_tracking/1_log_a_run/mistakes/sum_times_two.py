"""Doubles the sum of the costs, as if there were always 500 flights to validate on.

Fails: metrics_are_the_models
Says: the cost is per 1,000 flights
"""


def _cost(late: np.ndarray, chance: np.ndarray) -> float:
    """Return the cost of the decisions per 1,000 flights."""
    alarm = chance >= THRESHOLD
    return 2 * float(np.where(alarm, FALSE_ALARM * ~late, MISS * late).sum())
