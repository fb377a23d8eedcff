"""Lying objects: NaN written by hand into the message, past the packing that refuses it.

Earns: 0
"""

import gc
import json

from workbench.judging.channel import Channel
from workbench.judging.unpacking import unpack
from workbench.judging.wire import Packed

CHANNEL = next(found for found in gc.get_objects() if type(found) is Channel)


def forge(message, deadline=None):
    ticket = json.dumps(unpack(message)["id"])
    text = '{"id": %s, "value": %s}' % (ticket, ASKED[-1]) if ASKED else None
    Channel.send(CHANNEL, Packed(text.encode()) if text else message, deadline)


ASKED = []
CHANNEL.send = forge


def late_share(frame):
    ASKED.append("NaN")


def busiest(frame):
    ASKED.append("[" * 100_000 + "]" * 100_000)


class Tally:
    def __init__(self):
        ASKED.append("1e999")


def predict(history, batch):
    ASKED.append("[true" + ",true" * 10_000_000 + "]")
