"""Processes of ours that the learner's terminal does not reach."""

from __future__ import annotations

import subprocess
import sys
from typing import Any


def apart() -> dict[str, Any]:
    """Arguments of ``Popen``: neither Ctrl-C nor the end of the terminal reaches the process."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}  # a console of its own, unseen
    return {"start_new_session": True}
