"""Counts every flight, those that the challenger was trained on too.

Fails: measures_the_saving
Says: the challenger has seen their labels
"""


class PromotionGate:
    def decide(self, flights: pd.DataFrame) -> dict[str, str | float | None]:
        """Decide about one challenger."""
        days = _days(flights)
        if len(days) < LEAST_DAYS:
            return {"verdict": "wait", "saving": None, "low": None, "high": None}
        saving, low, high = _interval(days, self._error)
        verdict = "promote" if low > 0 else "refuse" if high < 0 else "wait"
        return {"verdict": verdict, "saving": saving, "low": low, "high": high}
