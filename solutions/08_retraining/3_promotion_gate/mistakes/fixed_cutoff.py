"""Rolls back when the mean of at least three weeks is below a cutoff that suited other routes.

Fails: rolls_back_harm
Says: No cutoff suits all routes
"""

CUTOFF = -150  # per 1,000 flights


class PromotionGate:
    def review(self, flights: pd.DataFrame) -> bool:
        """Decide, after a promotion, whether the former champion must come back."""
        self._watched.append(_days(flights))
        saved, size = np.concatenate(self._watched).sum(axis=0)
        return bool(len(self._watched) >= 3 and 1000 * saved < CUTOFF * size)
