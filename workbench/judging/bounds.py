"""What a learner process may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """What one learner process may use; on Windows only the wall clock is watched.

    Parameters
    ----------
    memory
        Bytes of address space on top of what the warm libraries take; Linux only. Gradient
        boosting on 48,000 flights was measured at 0.4 GB.
    file
        Bytes of the largest file it may write, its printed output included.
    cpu
        Seconds of processor time; a backstop behind the wall clock.
    load
        Seconds of wall clock until the submitted files are imported.
    processes
        Processes and threads at one time; in a sandbox only, where no others are counted.
    """

    memory: int = 1536 * 2**20
    file: int = 64 * 2**20
    cpu: int = 300
    load: float = 20.0
    processes: int = 512
