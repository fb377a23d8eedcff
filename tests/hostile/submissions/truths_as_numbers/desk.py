"""Lying objects: True where a number is asked for, and 1 where True is.

Earns: 0
"""


def late_share(frame):
    return bool(frame["late"].any())


def busiest(frame):
    return frame["carrier"].value_counts() > 0


class Tally:
    def add(self, batch):
        pass

    def total(self):
        return True


def predict(history, batch):
    return [1] * len(batch)
