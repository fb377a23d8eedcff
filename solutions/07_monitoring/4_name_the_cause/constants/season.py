"""Calls everything season."""

import pandas as pd


class Triage:
    def __init__(self, reference: pd.DataFrame) -> None:
        pass

    def name(self, batch: pd.DataFrame) -> str:
        return "season"
