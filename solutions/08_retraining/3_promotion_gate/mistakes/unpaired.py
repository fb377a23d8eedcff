"""Asks how sure each of the two costs is, and adds up what is not.

Fails: knows_how_sure_it_is
Says: Subtract the two costs flight by flight
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
        fresh = flights[~flights["in_training"]]
        champion, challenger = (_days(fresh, model) for model in ("champion", "challenger"))
        if len(champion) < LEAST_DAYS:
            return {"verdict": "wait", "saving": None, "low": None, "high": None}
        one, other = (_interval(days, self._error) for days in (champion, challenger))
        saving = one[0] - other[0]
        reach = np.hypot(one[2] - one[0], other[2] - other[0])
        low, high = saving - reach, saving + reach
        verdict = "promote" if low > 0 else "refuse" if high < 0 else "wait"
        return {"verdict": verdict, "saving": saving, "low": low, "high": high}

    def review(self, flights: pd.DataFrame) -> bool:
        """Decide, after a promotion, whether the former champion must come back."""
        self._watched.append(_days(flights, "champion") - _days(flights, "challenger"))
        return bool(np.concatenate(self._watched)[:, 0].sum() < 0)


def _costs(flights: pd.DataFrame, model: str) -> np.ndarray:
    """Return what each of the model's decisions cost."""
    late = flights["late"].to_numpy()
    alarm = flights[model].to_numpy() >= FALSE_ALARM / (MISS + FALSE_ALARM)
    return np.where(alarm, FALSE_ALARM * ~late, MISS * late)


def _days(flights: pd.DataFrame, model: str) -> np.ndarray:
    """Return for each day the sum of its costs and the number of its flights."""
    costs = _costs(flights, model)
    _, day = np.unique(flights["date"].to_numpy(), return_inverse=True)
    return np.column_stack([np.bincount(day, weights=costs), np.bincount(day)])


def _interval(days: np.ndarray, error: float) -> tuple[float, float, float]:
    """Return the saving per 1,000 flights and its interval, by Student's t over days."""
    total, size = days.T
    saving = total.sum() / size.sum()
    spread = np.std(total - saving * size, ddof=1) * np.sqrt(len(days)) / size.sum()
    reach = stats.t.ppf(1 - error / 2, len(days) - 1) * spread
    return 1000 * saving, 1000 * (saving - reach), 1000 * (saving + reach)
