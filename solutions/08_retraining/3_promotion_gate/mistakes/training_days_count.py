"""Counts the days of training among the ten that a decision needs.

Fails: waits_for_ten_days
Says: days of training bring no news
"""


class PromotionGate:
    def decide(self, flights: pd.DataFrame) -> dict[str, str | float | None]:
        """Decide about one challenger."""
        days = _days(flights[~flights["in_training"]])
        if flights["date"].nunique() < LEAST_DAYS:
            return {"verdict": "wait", "saving": None, "low": None, "high": None}
        saving, low, high = _interval(days, self._error)
        verdict = "promote" if low > 0 else "refuse" if high < 0 else "wait"
        return {"verdict": verdict, "saving": saving, "low": low, "high": high}
