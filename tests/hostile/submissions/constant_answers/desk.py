"""Machine learning: one constant for each question; the majority for the prediction.

Earns: 0
"""

import pandas as pd


def late_share(frame):
    return 0.2


def busiest(frame):
    return pd.DataFrame({"carrier": ["UA", "EV", "B6"], "flights": [60, 50, 40]})


class Tally:
    def add(self, batch):
        pass

    def total(self):
        return 30


def predict(history, batch):
    return [bool(history["late"].mode()[0])] * len(batch)
