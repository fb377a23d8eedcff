"""Takes one noise for that of every desk.

Fails: covers_the_cost
Says: Let the reference tell how wide
"""


class CostEstimator:
    def estimate(self, batch: pd.DataFrame) -> dict:
        """Estimate the cost of a week whose labels are not there yet."""
        self._waiting[int(batch["week"].iloc[0])] = batch
        cost, _ = self._cost(batch)
        return {"cost": cost, "low": cost - 115, "high": cost + 115, "trusted": self._trusted}
