"""Lying objects: __reduce__ and pickles that would run where they are opened.

Earns: 0
"""

import os
import pickle

import pandas as pd


class Trap:
    def __reduce__(self):
        code = "import os; os.getpid() != %d and open('@CANARY@/opened', 'w')"
        return exec, (code % os.getpid(),)


def late_share(frame):
    return Trap()


def busiest(frame):
    return pd.DataFrame({"carrier": [Trap()], "flights": [pickle.dumps(Trap())]})


class Tally:
    def add(self, batch):
        batch.attrs["trap"] = Trap()
        return batch

    def total(self):
        return pickle.dumps(Trap())


def predict(history, batch):
    return [pickle.dumps(Trap())] * len(batch)
