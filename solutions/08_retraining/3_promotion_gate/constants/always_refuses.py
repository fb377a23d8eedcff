"""Refuses every challenger, and says no more."""

import pandas as pd


class PromotionGate:
    def __init__(self, tries: int) -> None:
        pass

    def decide(self, flights: pd.DataFrame) -> dict[str, str | float | None]:
        return {"verdict": "refuse", "saving": None, "low": None, "high": None}

    def review(self, flights: pd.DataFrame) -> bool:
        return True
