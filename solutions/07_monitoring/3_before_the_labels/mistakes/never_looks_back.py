"""Takes labels and never compares them with what it had estimated.

Fails: admits_a_changed_world
Says: when labels contradict what you estimated
"""


class CostEstimator:
    def learn(self, week: int, late: np.ndarray) -> None:
        """Take the labels of a week."""
        flights = self._waiting.pop(week).assign(late=late)
        costs = _costs(flights)
        self._past = [*self._past, self._count(self._bins(flights), costs)][-MEMORY:]
        self._trusted = self._trusted or len(self._past) >= ENOUGH
