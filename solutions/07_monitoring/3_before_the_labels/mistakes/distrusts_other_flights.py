"""Distrusts every week whose flights are not like those of the reference.

Fails: follows_other_flights
Says: other flights are no reason
"""


class CostEstimator:
    def estimate(self, batch: pd.DataFrame) -> dict:
        """Estimate the cost of a week whose labels are not there yet."""
        self._waiting[int(batch["week"].iloc[0])] = batch
        cost, sd = self._cost(batch)
        low, high = cost - 1.645 * sd, cost + 1.645 * sd  # 90 % of a normal distribution
        usual, now = self._usual[0], np.bincount(self._bins(batch), minlength=BINS)
        moved = np.abs(now / now.sum() - usual / usual.sum()).sum() / 2
        trusted = bool(self._trusted and moved < 0.12)
        return {"cost": cost, "low": low, "high": high, "trusted": trusted}
