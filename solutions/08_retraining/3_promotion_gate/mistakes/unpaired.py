"""Asks how sure each of the two costs is, and adds up what is not.

Fails: knows_how_sure_it_is
Says: Subtract the two costs flight by flight
"""


class PromotionGate:
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


def _days(flights: pd.DataFrame, model: str) -> np.ndarray:
    """Return for each day the sum of its costs and the number of its flights."""
    costs = _costs(flights, model)
    _, day = np.unique(flights["date"].to_numpy(), return_inverse=True)
    return np.column_stack([np.bincount(day, weights=costs), np.bincount(day)])
