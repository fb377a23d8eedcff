"""Add up what each week brings above calm weeks: a change shows in the sum, not in a week.

The sum never falls below 0, a small share of it drains away each week, and no week may add more
than a bound, so that one bad week is not enough.
See Page (1954), Continuous inspection schemes. Biometrika 41.
"""

import pandas as pd

CALM = 13  # weeks at the head of the log
DRAIN, MOST, ENOUGH = 1.0, 2.0, 4.0  # standard deviations of a calm week


class RetrainPolicy:
    """Retrains when the sum is high and the loss, over the weeks left, above the price."""

    def __init__(self, price: int, last_week: int) -> None:
        self._price = price
        self._last_week = last_week

    def decide(self, week: int, log: pd.DataFrame) -> bool:
        """Go through the results of the model in service."""
        excess = log["observed"] - log["expected"]
        usual, spread = excess[:CALM].mean(), excess[:CALM].std()
        own = log["since"] == log["since"].iloc[-1]
        total, since_change = 0.0, []
        for value in excess[own].dropna() - usual:
            total = max(0.0, total + min(value / spread - DRAIN, MOST))
            since_change = [*since_change, value] if total else []
        if total < ENOUGH:
            return False
        loss = pd.Series(since_change).median()
        return bool(loss * (self._last_week - week + 1) > self._price)
