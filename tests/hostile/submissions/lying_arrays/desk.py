"""Lying objects: __array__, __len__, __iter__ and __getitem__ that say what is asked for.

Earns: 0
"""

import numpy as np
import pandas as pd


class Chameleon:
    __class__ = float

    def __array__(self, *_, **__):
        return np.zeros(3)

    def __float__(self):
        return 0.0

    def __index__(self):
        return 0


class Endless(list):
    def __len__(self):
        return 200

    def __iter__(self):
        while True:
            yield True


class Array(np.ndarray):
    def item(self, *_):
        return 0.25

    def __array_finalize__(self, _):
        pass


def late_share(frame):
    return Chameleon()


def busiest(frame):
    return pd.DataFrame({"carrier": [Chameleon()], "flights": [Chameleon()]})


class Tally:
    def add(self, batch):
        pass

    def total(self):
        return np.zeros((), dtype=int).view(Array)


def predict(history, batch):
    return Endless()
