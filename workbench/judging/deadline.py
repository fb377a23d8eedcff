"""A limit on the time of the judge's own work with what a learner sent."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

_AGAIN = 0.05


@contextlib.contextmanager
def time_limit(seconds: float, too_late: Exception) -> Iterator[None]:
    """Raise `too_late` inside the block when the time is up.

    It is raised again and again until the block ends, because libraries catch what they do not
    know. Python code is interrupted, and C code that looks for signals; where there are no
    signals (Windows, other threads) there is no limit.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    expired: list[bool] = []

    def expire(_: int, __: FrameType | None) -> None:
        expired.append(True)
        raise too_late

    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, _AGAIN), _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if expired:
            raise too_late from None
