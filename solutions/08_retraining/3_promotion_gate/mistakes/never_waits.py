"""Refuses whatever is not proved to be better.

Fails: promotes_only_the_better
Says: with 0 inside it says wait
"""


class PromotionGate:
    def decide(self, flights: pd.DataFrame) -> dict[str, str | float | None]:
        """Decide about one challenger."""
        days = _days(flights[~flights["in_training"]])
        if len(days) < LEAST_DAYS:
            return {"verdict": "wait", "saving": None, "low": None, "high": None}
        saving, low, high = _interval(days, self._error)
        verdict = "promote" if low > 0 else "refuse"
        return {"verdict": verdict, "saving": saving, "low": low, "high": high}
