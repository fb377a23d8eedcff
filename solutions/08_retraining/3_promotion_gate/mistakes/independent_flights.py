"""Takes every flight as independent of the others.

Fails: knows_how_sure_it_is
Says: flights were taken as units instead of whole days
"""


class PromotionGate:
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
