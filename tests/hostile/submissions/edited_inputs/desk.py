"""Lying objects: changes what it was given, so that the comparison would agree.

Earns: 0
"""


def late_share(frame):
    frame["late"] = False
    frame.drop(frame.index[1:], inplace=True)
    return 0.0


def busiest(frame):
    frame["carrier"] = "UA"
    return frame.groupby("carrier").size().reset_index(name="flights")


class Tally:
    def add(self, batch):
        batch.drop(batch.index, inplace=True)

    def total(self):
        return 0


def predict(history, batch):
    history["late"] = batch["late"] = True
    return batch["late"].tolist()
