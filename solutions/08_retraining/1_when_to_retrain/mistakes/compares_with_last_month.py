"""Looks for a jump: two results in a row that are worse than the two before them.

Fails: follows_a_slow_change
Says: Compare with calm weeks, not with last month
"""

JUMP = 4.5  # standard deviations of a calm week


class RetrainPolicy:
    def decide(self, week: int, log: pd.DataFrame) -> bool:
        """Compare what can still be saved with the price."""
        since = log["since"].to_numpy()
        excess = (log["observed"] - log["expected"]).to_numpy()
        usual, spread = np.nanmean(excess[:CALM]), np.nanstd(excess[:CALM], ddof=1)
        own = excess[since == since[-1]]
        results = np.r_[usual, usual, own[np.isfinite(own)]]
        for i in range(len(results) - 2, 1, -1):
            before, after = results[i - 2 : i].mean(), results[i:]
            if after[:2].min() - before > JUMP * spread:
                loss = after.mean() - before
                return bool(loss * (self._last_week - week + 1) > self._price)
        return False
