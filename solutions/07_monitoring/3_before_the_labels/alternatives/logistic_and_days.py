"""Recalibrate `p` with a logistic line on each side of the threshold; draw whole days for noise.

Where several labelled weeks in a row lie too high, or too low, their sum tells (Page, 1954,
Continuous inspection schemes. Biometrika 41); then the lines are fitted to the newest weeks alone.
"""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

AT = 1 / 6
SLACK, LIMIT = 1.0, 3.0  # in standard deviations of a week
FRESH = 3  # weeks until new lines are trusted


class CostEstimator:
    """Estimates costs from recalibrated probabilities."""

    def __init__(self, reference: pd.DataFrame) -> None:
        self._fit(reference)
        off = _costs(reference) - self._expected(reference)
        days = off.groupby(reference["day"]).sum()
        # counts stray with the root of their size; a thousand weeks of seven past days each
        strays = days.to_numpy() / np.sqrt(self._expected(reference).sum() / len(days))
        drawn = np.random.default_rng(0).choice(strays, (1000, 7)).sum(axis=1)
        self._low, self._high = np.quantile(drawn, [0.05, 0.95]) / 7**0.5
        self._sd = drawn.std() / 7**0.5
        self._weeks: dict[int, pd.DataFrame] = {}
        self._fresh: list[pd.DataFrame] | None = None
        self._start_sums()

    def estimate(self, batch: pd.DataFrame) -> dict:
        """Estimate the mean, and how far a week of such flights strays."""
        self._weeks[int(batch["week"].iloc[0])] = batch[["p"]]
        cost, unit = self._answer(batch)
        return {
            "cost": cost,
            "low": cost + float(self._low) * unit,
            "high": cost + float(self._high) * unit,
            "trusted": self._fresh is None or len(self._fresh) >= FRESH,
        }

    def learn(self, week: int, late: np.ndarray) -> None:
        """Add up what labelled weeks were off by; refit where the sum is too large."""
        flights = self._weeks.pop(week).assign(late=late)
        cost, unit = self._answer(flights)
        off = (1000 * _costs(flights).mean() - cost) / (self._sd * unit)
        self._above = max(0.0, self._above + off - SLACK)
        self._below = max(0.0, self._below - off - SLACK)
        if max(self._above, self._below) > LIMIT:
            self._fresh = []
            self._start_sums()
        if self._fresh is not None:
            self._fresh = [*self._fresh, flights][-8:]
            self._fit(pd.concat(self._fresh))

    def _start_sums(self) -> None:
        self._above = self._below = 0.0

    def _fit(self, past: pd.DataFrame) -> None:
        self._lines = LogisticRegression(C=100).fit(_inputs(past["p"]), past["late"])

    def _answer(self, flights: pd.DataFrame) -> tuple[float, float]:
        cost = self._expected(flights)
        return float(1000 * cost.mean()), float(1000 * np.sqrt(cost.sum()) / len(flights))

    def _expected(self, flights: pd.DataFrame) -> pd.Series:
        late = self._lines.predict_proba(_inputs(flights["p"]))[:, 1]
        return pd.Series(np.where(flights["p"] >= AT, 1 - late, 5 * late), flights.index)


def _inputs(p: pd.Series) -> np.ndarray:
    """Return log odds and side; after a change, `p` may rank flights no longer."""
    odds, side = np.log(p / (1 - p)).to_numpy(), (p >= AT).to_numpy()
    return np.column_stack([odds, side, odds * side])


def _costs(flights: pd.DataFrame) -> pd.Series:
    return (5 * flights["late"]).where(flights["p"] < AT, ~flights["late"]).astype(float)
