"""Makes the interval so wide that every cost lies in it.

Fails: covers_the_cost
Says: one that holds every cost tells the desk nothing
"""


class CostEstimator:
    def estimate(self, batch: pd.DataFrame) -> dict:
        """Estimate the cost of a week whose labels are not there yet."""
        self._waiting[int(batch["week"].iloc[0])] = batch
        cost, sd = self._cost(batch)
        low, high = cost - 3 * sd, cost + 3 * sd
        return {"cost": cost, "low": low, "high": high, "trusted": self._trusted}
