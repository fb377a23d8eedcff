"""Resources: forks, and its children fork; bounded to 52 processes that sleep.

Earns: 0
"""

import ctypes
import os
import time

ctypes.CDLL(None).prctl(15, b"hostile")  # its children bear the name, and are looked for


def late_share(frame):
    for _ in range(4):
        if os.fork() == 0:
            for _ in range(3):
                if os.fork() == 0:
                    for _ in range(2):
                        os.fork()
                    time.sleep(20)
            time.sleep(20)
            os._exit(0)
    return 0.0
