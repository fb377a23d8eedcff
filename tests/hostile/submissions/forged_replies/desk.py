"""Exits and results: well-formed messages that make a careless judge stumble, call by call.

A stumble would be a fault of the judge's own, and be excused.

Earns: 0
"""

import gc

import numpy as np
import pandas as pd
from workbench.judging.channel import Channel
from workbench.judging.packing import pack
from workbench.judging.unpacking import unpack

CHANNEL = next(found for found in gc.get_objects() if type(found) is Channel)
ODD = {
    "late_share": {"raised": np.arange(3)},
    "busiest": {"id": pd.DataFrame({"a": [1, 2]}), "value": 1},
    "Tally": {"handle": "first"},
    "predict": {"raised": {"type": [], "text": {}, "frames": [[1, "x", None]], "starter": "yes"}},
}


def forge(message, deadline=None):
    ticket = unpack(message)["id"]
    Channel.send(CHANNEL, pack({"id": ticket, **ODD[ASKED[-1]]}) if ASKED else message, deadline)


ASKED = []
CHANNEL.send = forge


def note(name):
    def answer(*_):
        ASKED.append(name)

    return answer


late_share, busiest, Tally, predict = map(note, ODD)
