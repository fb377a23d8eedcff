"""Reads labels before they are there: flights without one count as punctual.

Fails: knows_calm_weeks
Says: one whose label is not there yet is not punctual
"""


class CostEstimator:
    def estimate(self, batch: pd.DataFrame) -> dict:
        """Estimate the cost of a week whose labels are not there yet."""
        self._waiting[int(batch["week"].iloc[0])] = batch
        unlabelled = [flights.assign(late=False) for flights in self._waiting.values()]
        early = [self._count(self._bins(flights), _costs(flights)) for flights in unlabelled]
        labelled, self._past = self._past, (self._past + early)[-4:]
        cost, sd = self._cost(batch)
        self._past = labelled
        low, high = cost - 1.645 * sd, cost + 1.645 * sd  # 90 % of a normal distribution
        return {"cost": cost, "low": low, "high": high, "trusted": self._trusted}
