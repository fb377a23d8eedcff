"""Takes labels for those of the week that has waited longest.

Fails: takes_labels_in_any_order
Says: Join labels to flights by `week`
"""


class CostEstimator:
    def learn(self, week: int, late: np.ndarray) -> None:
        """Take the labels of a week; where they contradict its estimate, start anew with them."""
        flights = self._waiting.pop(min(self._waiting)).assign(late=late)
        costs = _costs(flights)
        cost, sd = self._cost(flights)
        if abs(1000 * costs.mean() - cost) > SURPRISE * sd:
            self._past, self._trusted = [], False  # older weeks are of another world
        self._past = [*self._past, self._count(self._bins(flights), costs)][-MEMORY:]
        self._trusted = self._trusted or len(self._past) >= ENOUGH
