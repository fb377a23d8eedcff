"""Waits until the last week, and rolls back if the former champion would have been cheaper.

Fails: rolls_back_harm
Says: No cutoff suits all routes
"""

CUTOFF = -25  # per 1,000 flights


class PromotionGate:
    def review(self, flights: pd.DataFrame) -> bool:
        """Decide, after a promotion, whether the former champion must come back."""
        self._watched.append(_days(flights))
        saved, size = np.concatenate(self._watched).sum(axis=0)
        return bool(len(self._watched) == WATCH and 1000 * saved < CUTOFF * size)
