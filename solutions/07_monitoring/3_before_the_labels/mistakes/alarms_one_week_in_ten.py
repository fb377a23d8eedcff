"""Withdraws trust whenever a week's cost lies outside its interval.

Fails: admits_a_changed_world
Says: that alone contradicts nothing
"""

SURPRISE = 1.645  # standard deviations: one calm week in ten is further off


class CostEstimator:
    def learn(self, week: int, late: np.ndarray) -> None:
        """Take the labels of a week; believe its interval."""
        flights = self._waiting.pop(week).assign(late=late)
        costs = _costs(flights)
        cost, sd = self._cost(flights)
        self._trusted = bool(abs(1000 * costs.mean() - cost) <= SURPRISE * sd)
        self._past = [*self._past, self._count(self._bins(flights), costs)][-MEMORY:]
