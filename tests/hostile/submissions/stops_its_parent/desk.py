"""Resources: stops the process that starts learner processes, so that whoever asks it waits.

Earns: 0
Isolation: process, sandbox
"""

import os
import signal
from pathlib import Path

# An attack is only ever run where it is judged, by the process that starts learner processes.
assert Path(os.environ["HOME"]).name.startswith("learner-")
assert "nursery" in Path(f"/proc/{os.getppid()}/cmdline").read_text()


def late_share(frame):
    os.kill(os.getppid(), signal.SIGSTOP)
    return 0.0
