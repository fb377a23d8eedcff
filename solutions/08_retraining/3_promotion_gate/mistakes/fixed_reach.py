"""Gives every saving the same interval, whatever the days show.

Fails: knows_how_sure_it_is
Says: Your intervals of a gate with one try are too narrow
"""

REACH = 120  # per 1,000 flights


class PromotionGate:
    def decide(self, flights: pd.DataFrame) -> dict[str, str | float | None]:
        """Decide about one challenger."""
        days = _days(flights[~flights["in_training"]])
        if len(days) < LEAST_DAYS:
            return {"verdict": "wait", "saving": None, "low": None, "high": None}
        saving, _, _ = _interval(days, self._error)
        low, high = saving - REACH, saving + REACH
        verdict = "promote" if low > 0 else "refuse" if high < 0 else "wait"
        return {"verdict": verdict, "saving": saving, "low": low, "high": high}
