"""Sees no difference, and takes the first."""

import pandas as pd


def cost_difference(
    flights: pd.DataFrame, cheaper: dict, dearer: dict
) -> tuple[float, float, float]:
    return -1.0, 0.0, 1.0


def choose(candidates: list[dict], flights: pd.DataFrame, budget: dict) -> str:
    return candidates[0]["name"]
