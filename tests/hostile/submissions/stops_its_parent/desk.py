"""Resources: stops the process that starts learner processes, so that whoever asks it waits.

Earns: 0
Isolation: process, sandbox
"""

import os
import signal


def late_share(frame):
    os.kill(os.getppid(), signal.SIGSTOP)
    return 0.0
