"""Lying objects: a dictionary whose keys all have one hash, so that reading it takes for ever.

Earns: 0
Ends: timeout
"""

import gc
import json

from workbench.judging.channel import Channel
from workbench.judging.unpacking import unpack
from workbench.judging.wire import Packed

CHANNEL = next(found for found in gc.get_objects() if type(found) is Channel)
MASK, P1, P2, P5 = 2**64 - 1, 11400714785074694791, 14029467366897019727, 2870177450012600261
UNDO1, UNDO2 = pow(P1, -1, 2**64), pow(P2, -1, 2**64)


def turn(value, bits):
    return (value << bits | value >> (64 - bits)) & MASK


def pairs(count):
    """Undo the steps of Python's hash of a tuple of two integers."""
    first = 0
    while count:
        first += 1
        state = turn((P5 + first * P2) & MASK, 31) * P1 & MASK
        second = (turn(12345 * UNDO1 & MASK, 33) - state) * UNDO2 & MASK
        if second < 2**61 - 1:
            count -= 1
            yield [{"$tuple": [first, second]}, 0]


TREE = {"$dict": list(pairs(30_000))}
ASKED = []


def forge(message, deadline=None):
    text = json.dumps({"id": unpack(message)["id"], "value": TREE})
    Channel.send(CHANNEL, Packed(text.encode()) if ASKED else message, deadline)


CHANNEL.send = forge


def late_share(frame):
    ASKED.append(True)
