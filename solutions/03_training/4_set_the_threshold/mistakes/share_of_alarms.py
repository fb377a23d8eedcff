"""Treats the highest probabilities of the day as late, more of them where a miss is dearer.

Fails: decides_by_cost
Says: not by its rank or by a share of alarms
"""


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    share = cost_of_a_miss / (cost_of_a_miss + cost_of_a_false_alarm)
    return probability >= np.quantile(probability, 1 - share)
