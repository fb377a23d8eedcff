"""A warm parent: imports the heavy libraries once, then forks a process for each request.

It runs no learner code and holds no data. It has one thread when it forks: a lock held by
another thread would stay locked in the child for ever. ``python -m workbench.judging.nursery
FD ENTRY MODULE...`` serves the sequenced-packet socket FD until its other end closes.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
import time
import traceback
from pathlib import Path
from types import FrameType
from typing import Any

from workbench.judging.confine import adopt_orphans, children
from workbench.judging.folders import remove_folder

_PACKET = 2**16
_MAX_FDS = 8


def main() -> None:
    """Preload, then serve."""
    control = socket.socket(fileno=int(sys.argv[1]))
    entry, modules = sys.argv[2], sys.argv[3:]
    signal.signal(signal.SIGTERM, _end)
    adopt_orphans()
    for module in (entry, *modules):
        importlib.import_module(module)
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads != 1:
        _reply(control, error=f"the warm parent has {threads} threads")
        return
    gc.collect()
    gc.freeze()  # a collection in a child would otherwise copy the parent's memory
    _reply(control, ready=True)
    try:
        _serve(control, entry)
    finally:
        _kill_all(children())


def _serve(control: socket.socket, entry: str) -> None:
    living: dict[int, str] = {}
    while True:
        message, fds, _, _ = socket.recv_fds(control, _PACKET, _MAX_FDS)
        if not message:
            return
        request = json.loads(message)
        if request["op"] == "start":
            pid = _fork(control, entry, request["job"], fds)
            living[pid] = request["job"].get("folder", "")
            _reply(control, pid=pid)
        else:
            folder = living.pop(request["pid"])
            _reply(control, **_finish(request["pid"], set(living)))
            remove_folder(folder)


def _fork(control: socket.socket, entry: str, job: dict[str, Any], fds: list[int]) -> int:
    pid = os.fork()
    if pid:
        for fd in fds:
            os.close(fd)
        return pid
    status = 1
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        control.close()
        sys.modules[entry].run(job, fds)
        status = 0
    except BaseException:  # nothing above a forked child would print it
        traceback.print_exc()
    finally:
        os._exit(status)


def _finish(pid: int, living: set[int]) -> dict[str, int]:
    """End a child and whatever it left running; tell how it ended.

    Orphans become children of this process, so a daemon in a session of its own is found too.
    """
    status, usage = _reap(pid, patience=0.05)
    for _ in range(100):
        orphans = children() - living
        if not orphans:
            break
        _kill_all(orphans)
    return {"status": status, "memory": usage * 1024}


def _reap(pid: int, patience: float) -> tuple[int, int]:
    """Wait a moment for the child to end by itself, so that its own status is seen."""
    deadline = time.monotonic() + patience
    while True:
        found, status, usage = os.wait4(pid, os.WNOHANG)
        if found or time.monotonic() > deadline:
            break
        time.sleep(0.001)
    if not found:
        _kill(pid)
        _, status, usage = os.wait4(pid, 0)
    _kill(pid)  # the rest of its group
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _kill_all(pids: set[int]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _reply(control: socket.socket, **answer: object) -> None:
    control.send(json.dumps(answer).encode())


def _end(_: int, __: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
