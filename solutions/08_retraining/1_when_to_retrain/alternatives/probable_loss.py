"""Keep a probability for each possible weekly loss, and update it with each result.

A forward filter: the loss may jump in any week, a result scatters around it, and now and then a
week is odd. See Rabiner (1989), A tutorial on hidden Markov models. Proceedings of the IEEE 77.
"""

import numpy as np
import pandas as pd

CALM = 13  # weeks at the head of the log
LOSSES = np.arange(10.0)  # in standard deviations of a calm week
JUMP, ODD = 0.04, 0.05  # probabilities a week
MOST = 8.0  # an odd week can lie anywhere
NO_LOSS = 0.05  # still possible when the decision falls


class RetrainPolicy:
    """Retrains when no loss is improbable, and the mean loss worth the price."""

    def __init__(self, price: int, last_week: int) -> None:
        self._price = price
        self._last_week = last_week

    def decide(self, week: int, log: pd.DataFrame) -> bool:
        """Filter the results of the model in service."""
        excess = (log["observed"] - log["expected"]).to_numpy()
        spread = np.nanstd(excess[:CALM], ddof=1)
        own = (log["since"] == log["since"].iloc[-1]).to_numpy() & np.isfinite(excess)
        results = (excess[own] - np.nanmean(excess[:CALM])) / spread
        results = results.clip(-MOST, MOST)
        anywhere = np.r_[0, np.full(len(LOSSES) - 1, 1 / (len(LOSSES) - 1))]
        is_first = log["since"].iloc[-1] == log["since"].iloc[0]
        belief = np.eye(len(LOSSES))[0] * (1 if is_first else 0.8)
        belief = belief + (1 - belief.sum()) * anywhere
        for result in results:
            usual = np.exp(-((result - LOSSES) ** 2) / 2)
            odd = np.exp(-(((result - LOSSES - 4) / 3) ** 2) / 2) / 3
            belief = ((1 - JUMP) * belief + JUMP * anywhere) * (usual + ODD * odd)
            belief = belief / belief.sum()
        saved = spread * (LOSSES @ belief) * (self._last_week - week + 1)
        return bool(belief[0] < NO_LOSS and saved > self._price)
