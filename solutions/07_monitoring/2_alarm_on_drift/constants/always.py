"""Always raises an alarm."""

import pandas as pd


class DriftMonitor:
    def __init__(self, reference: pd.DataFrame) -> None:
        pass

    def update(self, batch: pd.DataFrame) -> bool:
        return True
