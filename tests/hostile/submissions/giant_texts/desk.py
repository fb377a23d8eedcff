"""Lying objects: __repr__, __str__ and exceptions that raise, never end, or are enormous.

Earns: 0
Ends: error
"""


class Loud(Exception):
    def __str__(self):
        return "x" * (100 * 2**20)

    __repr__ = __str__


class Mute(Exception):
    def __str__(self):
        raise SystemExit

    __repr__ = __str__


Named = type("N" * 10**6, (Exception,), {"__module__": "M" * 10**6})


def late_share(frame):
    raise Loud


def busiest(frame):
    raise Mute from Loud()


class Tally:
    def __init__(self):
        raise Named("x" * 10**6, ["y" * 10**6])


def predict(history, batch):
    return ["z" * 2**20] * len(batch)
