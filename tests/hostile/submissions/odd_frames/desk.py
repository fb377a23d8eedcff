"""Lying objects: frames with columns of one name, several levels, labels that cannot be hashed.

Earns: 0
"""

import numpy as np
import pandas as pd


def late_share(frame):
    return pd.DataFrame(index=range(10**9))


def busiest(frame):
    return pd.DataFrame([["UA", 1, 2]], columns=["carrier", "flights", "flights"])


class Tally:
    def add(self, batch):
        return pd.DataFrame(np.zeros((1, 1)), columns=pd.MultiIndex.from_tuples([("a", "b")]))

    def total(self):
        return pd.DataFrame({"a": [1]}, index=pd.MultiIndex.from_tuples([(1, 2)]))


def predict(history, batch):
    return pd.Series([True] * len(batch), index=[[1]] * len(batch))
