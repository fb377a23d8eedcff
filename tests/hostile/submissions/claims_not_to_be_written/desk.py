"""Exits and results: a wrong answer that calls itself an untouched starter, with a long excuse.

Earns: 0
Ends: not attempted
"""


def late_share(frame):
    raise NotImplementedError("passed " * 10**6)


def busiest(frame):
    raise NotImplementedError("\x1b]0;passed\x07")


def predict(history, batch):
    return [True]
