"""Exits and results: sends open descriptors along with the answer until the judge has no more.

Earns: 0
"""

import gc
import os
import socket

from workbench.judging.channel import Channel

CHANNEL = next(found for found in gc.get_objects() if type(found) is Channel)


def late_share(frame):
    fds = [os.open("/dev/null", os.O_RDONLY) for _ in range(200)]
    for _ in range(12):
        socket.send_fds(CHANNEL._socket, [b"\0"], fds)
