"""Machine learning: nothing, of the right type.

Earns: 0
"""

import pandas as pd


def late_share(frame):
    return 0


def busiest(frame):
    return pd.DataFrame({"carrier": [], "flights": []})


class Tally:
    def add(self, batch):
        pass

    def total(self):
        return 0


def predict(history, batch):
    return []
