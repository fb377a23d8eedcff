"""Draw whole days with replacement: the spread of the draws is the error of the saving.

Student's t then tells how many such errors are needed: for 30 tries one would have to know the
outermost quantiles of the draws, and with few days they come out too near.
See Davison and Hinkley (1997), Bootstrap Methods and their Application, section 3.8.
"""

from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import stats

DRAWS = 1000
LEAST_DAYS = 10
ERROR = 0.1


class PromotionGate:
    """Judges one challenger after the other against the same champion."""

    def __init__(self, tries: int) -> None:
        self._error = 1 - (1 - ERROR) ** (1 / tries)  # Sidak
        self._watched: list[pd.DataFrame] = []

    def decide(self, flights: pd.DataFrame) -> dict[str, str | float | None]:
        """Decide about one challenger."""
        days = _by_day(flights.loc[~flights["in_training"]])
        if len(days) < LEAST_DAYS:
            return {"verdict": "wait", "saving": None, "low": None, "high": None}
        saving, low, high = _interval(days, self._error)
        verdict = "wait" if low <= 0 <= high else "promote" if low > 0 else "refuse"
        return {"verdict": verdict, "saving": saving, "low": low, "high": high}

    def review(self, flights: pd.DataFrame) -> bool:
        """Decide, after a promotion, whether the former champion must come back."""
        self._watched.append(_by_day(flights))
        days = pd.concat(self._watched)
        return bool(len(days) >= LEAST_DAYS and _interval(days, ERROR / 3)[2] < 0)


def _by_day(flights: pd.DataFrame) -> pd.DataFrame:
    """Return each day's sum of savings and number of flights."""
    late = flights["late"].to_numpy()
    champion, challenger = (flights[m].to_numpy() >= 1 / 6 for m in ("champion", "challenger"))
    saved = np.where(late, 5, -1) * (challenger.astype(int) - champion)
    saved = pd.Series(saved, index=flights.index)
    return saved.groupby(flights["date"]).agg(["sum", "size"])


@lru_cache(maxsize=64)
def _times(days: int) -> np.ndarray:
    """Tell how often each draw takes each day."""
    return np.random.default_rng(days).multinomial(days, np.full(days, 1 / days), size=DRAWS)


def _interval(days: pd.DataFrame, error: float) -> tuple[float, float, float]:
    """Return the saving per 1,000 flights and its interval."""
    total, size = (_times(len(days)) @ days.to_numpy(float)).T
    saving = days["sum"].sum() / days["size"].sum()
    reach = stats.t.isf(error / 2, len(days) - 1) * np.std(total / size)
    return 1000 * saving, 1000 * (saving - reach), 1000 * (saving + reach)
