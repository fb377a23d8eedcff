"""Exits and results: claims an answer of 100 MB and sends it, then goes on without end.

Earns: 0
"""

import gc
import struct

from workbench.judging.channel import Channel

CHANNEL = next(found for found in gc.get_objects() if type(found) is Channel)


def late_share(frame):
    CHANNEL._socket.sendall(struct.pack("!QI", 100 * 2**20, 0))
    while True:
        CHANNEL._socket.sendall(b"[" * 2**20)
