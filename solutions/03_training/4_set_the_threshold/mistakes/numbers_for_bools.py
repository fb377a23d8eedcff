"""Returns 0 and 1, which select rows 0 and 1 when they are used as a mask.

Fails: decides_by_cost
Says: Return one bool a flight
"""


def decide(
    probability: np.ndarray, cost_of_a_miss: float, cost_of_a_false_alarm: float
) -> np.ndarray:
    expected_alarm = (1 - probability) * cost_of_a_false_alarm
    return (expected_alarm <= probability * cost_of_a_miss).astype(int)
