"""Resources: ends the process that starts learner processes, and waits for what comes.

Earns: 0
Isolation: process, sandbox
Ends: error
"""

import os
import signal
import time
from pathlib import Path

# An attack is only ever run where it is judged, by the process that starts learner processes.
assert Path(os.environ["HOME"]).name.startswith("learner-")
assert "nursery" in Path(f"/proc/{os.getppid()}/cmdline").read_text()


def late_share(frame):
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(1)
    return 0.0


def busiest(frame):
    os.kill(os.getppid(), signal.SIGTERM)
    return frame


def predict(history, batch):
    os.kill(os.getppid(), signal.SIGINT)
    time.sleep(1)
