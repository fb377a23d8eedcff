"""Machine learning: half of the task done honestly earns its half, and not a point more.

Earns: 4
"""


def late_share(frame):
    return float(frame["late"].mean())


class Tally:
    def __init__(self):
        self.rows = 0

    def add(self, batch):
        self.rows += len(batch)

    def total(self):
        return self.rows
