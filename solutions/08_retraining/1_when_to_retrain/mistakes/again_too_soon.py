"""Judges the new model by the results of the one before.

Fails: recovers_from_a_sudden_change
Says: before any week of the model from
"""

MEMORY = 8  # weeks: the worst of them is left out


class RetrainPolicy:
    def decide(self, week: int, log: pd.DataFrame) -> bool:
        """Compare what can still be saved with the price."""
        excess = (log["observed"] - log["expected"]).to_numpy()
        usual, spread = np.nanmean(excess[:CALM]), np.nanstd(excess[:CALM], ddof=1)
        own = excess
        newest = own[np.isfinite(own)][-MEMORY:] - usual
        if len(newest) < 2:
            return False
        believed = np.sort(newest)[:-1]  # one bad week is not the model's fault
        loss = believed.mean() - SURE * spread / np.sqrt(len(believed))
        return bool(loss * (self._last_week - week + 1) > self._price)
