"""Exits and results: closes every descriptor, the judge's socket too, and goes on.

Earns: 0
Ends: error
"""

import os
import time


def late_share(frame):
    os.closerange(0, 512)
    time.sleep(30)
