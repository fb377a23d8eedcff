"""Promotes every challenger and rolls back none."""

import pandas as pd


class PromotionGate:
    def __init__(self, tries: int) -> None:
        pass

    def decide(self, flights: pd.DataFrame) -> dict[str, str | float | None]:
        return {"verdict": "promote", "saving": 100.0, "low": 50.0, "high": 150.0}

    def review(self, flights: pd.DataFrame) -> bool:
        return False
