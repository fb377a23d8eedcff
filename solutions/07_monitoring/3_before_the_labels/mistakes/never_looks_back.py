"""Takes labels and never compares them with what it had estimated.

Fails: admits_a_changed_world
Says: when labels contradict what you estimated
"""

import numpy as np
import pandas as pd

AT = 1 / 6  # a miss costs 5, a false alarm 1
BINS = 20
MEMORY = 13  # weeks
SURPRISE = 2.8  # standard deviations
ENOUGH = 3  # weeks of a changed world


class CostEstimator:
    """Estimates what a week's decisions cost before its labels arrive."""

    def __init__(self, reference: pd.DataFrame) -> None:
        self._edges = reference["p"].quantile(np.arange(1, BINS) / BINS).to_numpy().copy()
        self._edges[np.abs(self._edges - AT).argmin()] = AT  # no bin holds both decisions
        weeks = [week for _, week in reference.groupby("week")]
        self._past = [self._count(self._bins(week), _costs(week)) for week in weeks]
        self._usual = sum(self._past)
        self._waiting: dict[int, pd.DataFrame] = {}
        self._trusted = True
        # flights of a day are late together: days stray further than single flights explain
        mean, variance = self._moments(self._bins(reference))
        off = pd.Series(_costs(reference) - mean).groupby(reference["day"].to_numpy()).sum()
        self._scatter = (off**2).sum() / variance.sum()

    def estimate(self, batch: pd.DataFrame) -> dict:
        """Estimate the cost of a week whose labels are not there yet."""
        self._waiting[int(batch["week"].iloc[0])] = batch
        cost, sd = self._cost(batch)
        low, high = cost - 1.645 * sd, cost + 1.645 * sd  # 90 % of a normal distribution
        return {"cost": cost, "low": low, "high": high, "trusted": self._trusted}

    def learn(self, week: int, late: np.ndarray) -> None:
        """Take the labels of a week."""
        flights = self._waiting.pop(week).assign(late=late)
        costs = _costs(flights)
        self._past = [*self._past, self._count(self._bins(flights), costs)][-MEMORY:]
        self._trusted = self._trusted or len(self._past) >= ENOUGH

    def _cost(self, flights: pd.DataFrame) -> tuple[float, float]:
        """Return the mean cost per 1,000 flights, and how far a week strays from it."""
        mean, variance = self._moments(self._bins(flights))
        unsure = 1 + 1 / len(self._past)  # the past weeks strayed, too
        sd = (unsure * self._scatter * variance.sum()) ** 0.5 / len(flights)
        return float(1000 * mean.mean()), float(1000 * sd)

    def _moments(self, bins: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return mean and variance of the cost of each flight."""
        total = sum(self._past) + self._usual / self._usual[0]  # one usual flight: no bin is empty
        mean, square = total[1:] / total[0]
        return mean[bins], (square - mean**2)[bins]

    def _bins(self, flights: pd.DataFrame) -> np.ndarray:
        return np.searchsorted(self._edges, flights["p"], side="right")

    def _count(self, bins: np.ndarray, costs: np.ndarray) -> np.ndarray:
        """Return flights, costs and squared costs of each bin."""
        powers = (np.ones(len(costs)), costs, costs**2)
        return np.array([np.bincount(bins, power, len(self._edges) + 1) for power in powers])


def _costs(flights: pd.DataFrame) -> np.ndarray:
    """Return what each flight cost."""
    alarm, late = flights["p"] >= AT, flights["late"]
    return np.where(alarm, ~late, 5 * late).astype(float)
