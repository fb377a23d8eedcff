"""Treats a flight as late when that is more probable than not, whatever it costs.

Fails: decides_by_cost
Says: Let the threshold follow the costs
"""


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    return probability >= 0.5
