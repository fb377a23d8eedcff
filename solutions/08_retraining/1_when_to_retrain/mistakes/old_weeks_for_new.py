"""Takes the newest two results, though the model from before may have served those weeks.

Fails: weighs_the_price
Says: You retrained again in week
"""

MEMORY = 2  # weeks


class RetrainPolicy:
    def decide(self, week: int, log: pd.DataFrame) -> bool:
        """Compare what can still be saved with the price."""
        excess = (log["observed"] - log["expected"]).to_numpy()
        usual, spread = np.nanmean(excess[:CALM]), np.nanstd(excess[:CALM], ddof=1)
        newest = excess[np.isfinite(excess)][-MEMORY:] - usual
        loss = newest.min() - spread  # one bad week is not the model's fault
        return bool(loss * (self._last_week - week + 1) > self._price)
