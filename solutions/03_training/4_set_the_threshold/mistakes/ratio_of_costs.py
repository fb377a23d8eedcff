"""Takes the ratio of the costs for the threshold, 1/5 at 5:1.

Fails: decides_by_cost
Says: Choose the decision with the lower expected cost
"""


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    return probability >= cost_of_a_false_alarm / cost_of_a_miss
