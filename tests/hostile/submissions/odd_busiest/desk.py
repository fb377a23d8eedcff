"""Lying objects: a frame of the right shape whose columns are objects, categories and times.

Earns: 0
"""

import pandas as pd


def late_share(frame):
    return pd.Timestamp("2013-01-01")


def busiest(frame):
    counts = frame.groupby("carrier").size().reset_index(name="flights")
    counts["flights"] = pd.to_datetime(counts["flights"])
    return counts.astype({"carrier": "category"})


def predict(history, batch):
    return [pd.NaT] * len(batch)
