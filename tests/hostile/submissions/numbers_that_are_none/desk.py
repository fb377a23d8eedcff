"""Lying objects: NaN, infinities, minus zero, half precision and a number beyond 64 bits.

Earns: 0
"""

import numpy as np
import pandas as pd

ODD = iter([np.float16("nan"), -0.0, float("inf"), 2.0**1023 * 2, np.float64("-inf")])


def late_share(frame):
    return next(ODD)


def busiest(frame):
    return pd.DataFrame({"carrier": ["UA", None], "flights": [np.nan, np.inf]}).astype(
        {"flights": "float16"}
    )


class Tally:
    def add(self, batch):
        pass

    def total(self):
        return 10**30


def predict(history, batch):
    return [None, float("nan")] * (len(batch) // 2)
