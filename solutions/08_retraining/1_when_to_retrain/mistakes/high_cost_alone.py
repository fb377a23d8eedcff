"""Retrains after two weeks that cost far more than calm ones, by a cutoff above harder flights.

Fails: tells_inputs_from_rules
Says: the observed cost hardly rises
"""

CUTOFF = 290  # more than calm weeks


class RetrainPolicy:
    def decide(self, week: int, log: pd.DataFrame) -> bool:
        """Compare what can still be saved with the price."""
        above = log["observed"] - log["observed"][:CALM].mean()
        newest = above[log["since"] == log["since"].iloc[-1]].dropna().tail(3)
        if len(newest) < 3 or newest.median() < CUTOFF:
            return False
        return bool(newest.median() * (self._last_week - week + 1) > self._price)
