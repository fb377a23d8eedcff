"""Asks each week alone whether the promoted model does harm, and each with the whole risk.

Fails: rolls_back_harm
Says: share the risk of an error among 6 looks
"""


class PromotionGate:
    def review(self, flights: pd.DataFrame) -> bool:
        """Decide, after a promotion, whether the former champion must come back."""
        _, _, high = _interval(_days(flights), ERROR)
        return bool(high < 0)
