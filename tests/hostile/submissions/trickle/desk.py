"""Exits and results: sends its answer a byte at a time, to stretch a limit that starts anew.

Earns: 0
Ends: timeout
"""

import gc
import time

from workbench.judging.channel import Channel

CHANNEL = next(found for found in gc.get_objects() if type(found) is Channel)


def late_share(frame):
    for _ in range(100):
        CHANNEL._socket.sendall(b"\0")
        time.sleep(0.2)
