"""Lying objects: the right numbers as texts, bytes, truths and complex numbers.

Earns: 0
"""

from decimal import Decimal


def late_share(frame):
    return str(frame["late"].mean())


def busiest(frame):
    counts = frame.groupby("carrier").size().reset_index(name="flights").astype("str")
    return counts.sort_values(["flights", "carrier"], ascending=[False, True])


class Tally:
    def __init__(self):
        self.rows = 0

    def add(self, batch):
        self.rows += len(batch)

    def total(self):
        return Decimal(self.rows)


def predict(history, batch):
    share = history.groupby(["hour", "origin"])["late"].mean()
    known = batch.set_index(["hour", "origin"]).index.map(share)
    return [float(value > 0.5) for value in known]
