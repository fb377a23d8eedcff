"""Rolls back after any week in which the former champion would have been cheaper.

Fails: rolls_back_harm
Says: Roll back on proof, not on a bad week
"""


class PromotionGate:
    def __init__(self, tries: int) -> None:
        self._error = ERROR / tries  # Bonferroni

    def review(self, flights: pd.DataFrame) -> bool:
        """Decide, after a promotion, whether the former champion must come back."""
        saved, _ = _days(flights).sum(axis=0)
        return bool(saved < 0)
