"""Finds nothing usable anywhere."""

import pandas as pd


def search(
    training: pd.DataFrame, validation: pd.DataFrame, candidates: list[dict[str, int]]
) -> str:
    return "0" * 32


def best_run(experiment: str, digest: str) -> str:
    raise ValueError("no usable run")


def compare(parent: str) -> pd.DataFrame:
    return pd.DataFrame({"run_id": [], "status": [], "cost": []})
