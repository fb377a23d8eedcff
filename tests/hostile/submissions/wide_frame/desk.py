"""Lying objects: a frame of 100,000 columns, and a dictionary of two million keys.

Earns: 0
Ends: timeout
"""

import pandas as pd


def late_share(frame):
    return pd.DataFrame([range(100_000)])


def busiest(frame):
    return pd.DataFrame({str(name): [name] for name in range(3_000)})


def predict(history, batch):
    return {number: number for number in range(2_000_000)}
