"""Output: random bytes and half of a character at the place where the shown part begins.

Earns: 0
"""

import os


def late_share(frame):
    os.write(1, "\u00e4".encode() * 100_000 + b"\xff\xfe\xc3")
    return 0.0


def busiest(frame):
    os.write(2, bytes(range(256)) * 40)
    return frame
