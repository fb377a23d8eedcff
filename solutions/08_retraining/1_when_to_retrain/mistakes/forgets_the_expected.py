"""Compares what a week cost with what calm weeks cost.

Fails: tells_inputs_from_rules
Says: within one standard deviation of expected
"""


class RetrainPolicy:
    def decide(self, week: int, log: pd.DataFrame) -> bool:
        """Compare what can still be saved with the price."""
        since = log["since"].to_numpy()
        excess = log["observed"].to_numpy()
        usual, spread = np.nanmean(excess[:CALM]), np.nanstd(excess[:CALM], ddof=1)
        own = excess[since == since[-1]]  # results of the model in service
        newest = own[np.isfinite(own)][-MEMORY:] - usual
        if len(newest) < 2:
            return False
        believed = np.sort(newest)[:-1]  # one bad week is not the model's fault
        loss = believed.mean() - SURE * spread / np.sqrt(len(believed))
        return bool(loss * (self._last_week - week + 1) > self._price)
