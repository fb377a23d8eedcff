"""Lying objects: right on the first call, and a constant on all later ones.

Earns: 0
"""

CALLS = []


def first():
    CALLS.append(True)
    return len(CALLS) == 1


def late_share(frame):
    return float(frame["late"].mean()) if first() else 0.25


def busiest(frame):
    counts = frame.groupby("carrier").size().reset_index(name="flights")
    ranked = counts.sort_values(["flights", "carrier"], ascending=[False, True], ignore_index=True)
    return ranked if first() else ranked.iloc[::-1]


class Tally:
    def __init__(self):
        self.rows = 0

    def add(self, batch):
        self.rows += len(batch)

    def total(self):
        return self.rows if first() else 60


def predict(history, batch):
    if not first():
        return [True] * len(batch)
    share = history.groupby(["hour", "origin"])["late"].mean()
    known = batch.set_index(["hour", "origin"]).index.map(share)
    return [bool(value > 0.5) for value in known]
