"""Waits for two results that agree, and takes all that they are above the expected cost for a loss.

Fails: tells_inputs_from_rules
Says: and allow for chance
"""


class RetrainPolicy:
    def decide(self, week: int, log: pd.DataFrame) -> bool:
        """Compare what can still be saved with the price."""
        since = log["since"].to_numpy()
        excess = (log["observed"] - log["expected"]).to_numpy()
        own = excess[since == since[-1]]  # results of the model in service
        newest = own[np.isfinite(own)][-2:] - np.nanmean(excess[:CALM])
        loss = newest.min() if len(newest) > 1 else 0.0
        return bool(loss * (self._last_week - week + 1) > self._price)
