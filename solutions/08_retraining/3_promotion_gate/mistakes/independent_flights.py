"""Takes every flight as independent of the others.

Fails: knows_how_sure_it_is
Says: flights were taken as units instead of whole days
"""

import numpy as np
import pandas as pd
from scipy import stats

MISS, FALSE_ALARM = 5, 1
LEAST_DAYS = 10
ERROR = 0.1  # of a gate's whole life, and of a whole watch
WATCH = 6  # weeks


class PromotionGate:
    """Judges one challenger after the other against the same champion."""

    def __init__(self, tries: int) -> None:
        self._error = ERROR / tries  # Bonferroni
        self._watched: list[np.ndarray] = []

    def decide(self, flights: pd.DataFrame) -> dict[str, str | float | None]:
        """Decide about one challenger."""
        days = _days(flights[~flights["in_training"]])
        if len(days) < LEAST_DAYS:
            return {"verdict": "wait", "saving": None, "low": None, "high": None}
        fresh = flights[~flights["in_training"]]
        savings = _costs(fresh, "champion") - _costs(fresh, "challenger")
        alone = np.column_stack([savings, np.ones(len(fresh))])
        saving, low, high = _interval(alone, self._error)
        verdict = "promote" if low > 0 else "refuse" if high < 0 else "wait"
        return {"verdict": verdict, "saving": saving, "low": low, "high": high}

    def review(self, flights: pd.DataFrame) -> bool:
        """Decide, after a promotion, whether the former champion must come back."""
        self._watched.append(_days(flights))
        _, _, high = _interval(np.concatenate(self._watched), 2 * ERROR / WATCH)  # one side counts
        return bool(high < 0)


def _costs(flights: pd.DataFrame, model: str) -> np.ndarray:
    """Return what each of the model's decisions cost."""
    late = flights["late"].to_numpy()
    alarm = flights[model].to_numpy() >= FALSE_ALARM / (MISS + FALSE_ALARM)
    return np.where(alarm, FALSE_ALARM * ~late, MISS * late)


def _days(flights: pd.DataFrame) -> np.ndarray:
    """Return for each day the sum of its savings and the number of its flights."""
    savings = _costs(flights, "champion") - _costs(flights, "challenger")
    _, day = np.unique(flights["date"].to_numpy(), return_inverse=True)
    return np.column_stack([np.bincount(day, weights=savings), np.bincount(day)])


def _interval(days: np.ndarray, error: float) -> tuple[float, float, float]:
    """Return the saving per 1,000 flights and its interval, by Student's t over days."""
    total, size = days.T
    saving = total.sum() / size.sum()
    spread = np.std(total - saving * size, ddof=1) * np.sqrt(len(days)) / size.sum()
    reach = stats.t.ppf(1 - error / 2, len(days) - 1) * spread
    return 1000 * saving, 1000 * (saving - reach), 1000 * (saving + reach)
