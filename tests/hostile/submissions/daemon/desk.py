"""Resources: daemons in sessions of their own, deaf to signals, that keep every descriptor.

Earns: 0
"""

import ctypes
import os
import signal
import time

ctypes.CDLL(None).prctl(15, b"hostile")  # its children bear the name, and are looked for


def late_share(frame):
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            if os.fork():
                os._exit(0)
            for number in range(1, 32):
                if number not in (signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD):
                    signal.signal(number, signal.SIG_IGN)
            for _ in range(200):
                time.sleep(0.1)
                print("still here", flush=True)
            os._exit(0)
    return 0.0
