"""Leave out one day after the other, and spend the risk of error try by try.

The first tries get most of it, and any number of them stays within the whole: 1 + 1/4 + 1/9 + ...
is pi squared / 6. The jackknife needs no formula for the error of a mean of unequal days.
"""

import numpy as np
import pandas as pd
from scipy import stats

RISK = 0.1 * 6 / np.pi**2


class PromotionGate:
    """Judges one challenger after the other against the same champion."""

    def __init__(self, tries: int) -> None:
        self._tried = 0
        self._weeks: list[pd.DataFrame] = []

    def decide(self, flights: pd.DataFrame) -> dict[str, str | float | None]:
        """Decide about one challenger."""
        self._tried += 1
        news = flights[~flights["in_training"]]
        if news["date"].nunique() < 10:
            return {"verdict": "wait", "saving": None, "low": None, "high": None}
        saving, error, days = _jackknife(news)
        reach = stats.t.isf(RISK / self._tried**2 / 2, days - 1) * error
        verdict = "wait"
        if abs(saving) > reach:
            verdict = "promote" if saving > 0 else "refuse"
        return {"verdict": verdict, "saving": saving, "low": saving - reach, "high": saving + reach}

    def review(self, flights: pd.DataFrame) -> bool:
        """Decide, after a promotion, whether the former champion must come back."""
        self._weeks.append(flights)
        saving, error, days = _jackknife(pd.concat(self._weeks))
        return bool(stats.t.cdf(saving / error, days - 1) < 0.1 / 6)


def _jackknife(flights: pd.DataFrame) -> tuple[float, float, int]:
    """Return saving per 1,000 flights, its standard error, and the number of days."""
    late = flights["late"].to_numpy()
    champion, challenger = (flights[m].to_numpy() >= 1 / 6 for m in ("champion", "challenger"))
    cost = np.array([[0.0, 1.0], [5.0, 0.0]])  # by late, then by alarm
    saved = cost[late.astype(int), champion.astype(int)]
    saved -= cost[late.astype(int), challenger.astype(int)]
    codes, names = pd.factorize(flights["date"])
    total, size = np.bincount(codes, saved), np.bincount(codes)
    without = 1000 * (total.sum() - total) / (size.sum() - size)
    days = len(names)
    error = np.sqrt((days - 1) / days * ((without - without.mean()) ** 2).sum())
    return 1000 * total.sum() / size.sum(), error, days
