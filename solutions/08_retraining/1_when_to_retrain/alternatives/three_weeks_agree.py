"""Retrain when each of the newest three results is bad, and their mean is worth the price."""

import numpy as np
import pandas as pd

CALM = 13  # weeks at the head of the log


class RetrainPolicy:
    """Wants agreement, certainty and a margin above the price."""

    def __init__(self, price: int, last_week: int) -> None:
        self._price = price
        self._last_week = last_week

    def decide(self, week: int, log: pd.DataFrame) -> bool:
        """Look at the newest three results of the model in service."""
        gap = log["observed"] - log["expected"]
        usual, spread = gap[:CALM].mean(), gap[:CALM].std()
        newest = gap[log["since"] == log["since"].iloc[-1]].dropna().tail(3) - usual
        if len(newest) < 3 or newest.min() < spread:
            return False
        loss = newest.mean()
        is_sure = loss > 2.5 * spread / np.sqrt(3)
        return bool(is_sure and loss * (self._last_week - week + 1) > 1.2 * self._price)
