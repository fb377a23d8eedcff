"""Looking: asks its socket who is at the other end, and signals whoever that is.

Earns: 0
Isolation: sandbox
Prints: asked
"""

import gc
import os
import socket
import struct

from workbench.judging.channel import Channel

CHANNEL = next(found for found in gc.get_objects() if type(found) is Channel)


def late_share(frame):
    told = CHANNEL._socket.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    pid = struct.unpack("3i", told)[0]
    if pid > 0:
        print("FOUND", pid)
    for option in (4, 17, 59, 77):  # PEEK_OFF and what else names a peer
        try:
            CHANNEL._socket.getsockopt(socket.SOL_SOCKET, option)
        except OSError:
            continue
    print("asked", os.getpid())
    return 0.0
