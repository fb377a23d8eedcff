"""Takes all that the newest result is above the expected cost for a loss.

Fails: rests_when_nothing_changes
Says: Rest while observed and expected cost
"""


class RetrainPolicy:
    def decide(self, week: int, log: pd.DataFrame) -> bool:
        """Compare what can still be saved with the price."""
        since = log["since"].to_numpy()
        excess = (log["observed"] - log["expected"]).to_numpy()
        own = excess[since == since[-1]]  # results of the model in service
        newest = own[np.isfinite(own)][-1:]
        loss = newest.mean() if len(newest) else 0.0
        return bool(loss * (self._last_week - week + 1) > self._price)
