"""Believes the newest result if it is far above those of calm weeks.

Fails: sits_out_a_bad_week
Says: more than one week that agrees
"""

MEMORY = 5  # weeks


class RetrainPolicy:
    def decide(self, week: int, log: pd.DataFrame) -> bool:
        """Compare what can still be saved with the price."""
        since = log["since"].to_numpy()
        excess = (log["observed"] - log["expected"]).to_numpy()
        usual, spread = np.nanmean(excess[:CALM]), np.nanstd(excess[:CALM], ddof=1)
        own = excess[since == since[-1]]  # results of the model in service
        newest = own[np.isfinite(own)][-MEMORY:] - usual
        if len(newest) < 2:
            return False
        loss = newest.mean() - SURE * spread / np.sqrt(len(newest))
        return bool(loss * (self._last_week - week + 1) > self._price)
