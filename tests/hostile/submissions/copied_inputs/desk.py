"""Machine learning: gives back what it was given.

Earns: 0
"""


def late_share(frame):
    return frame


def busiest(frame):
    return frame


class Tally:
    def add(self, batch):
        self.batch = batch

    def total(self):
        return self.batch


def predict(history, batch):
    return history["late"].tolist()[: len(batch)]
