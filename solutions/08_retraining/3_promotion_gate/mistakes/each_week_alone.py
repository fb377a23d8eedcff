"""Puts each week through the gate by itself, where seven days are never enough.

Fails: rolls_back_harm
Says: Gather the weeks since the promotion
"""


class PromotionGate:
    def __init__(self, tries: int) -> None:
        self._error = ERROR / tries  # Bonferroni

    def review(self, flights: pd.DataFrame) -> bool:
        """Decide, after a promotion, whether the former champion must come back."""
        return self.decide(flights)["verdict"] == "refuse"
