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
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from workbench.judging.confine import hide_memory
from workbench.judging.folders import empty_folder, list_folder, remove_folder
from workbench.judging.isolation import private_places

assert sys.platform == "linux", "warm parents fork, which works on Linux only"
from workbench.judging.kinship import (  # noqa: E402 - a type checker for another system stops above
    adopt_orphans,
    children,
    die_with_parent,
    standing,
)

_PACKET = 2**16
_MAX_FDS = 8
_HUNT_SECONDS = 1.0


def main() -> None:
    """Preload, then serve."""
    control = socket.socket(fileno=int(sys.argv[1]))
    entry, modules = sys.argv[2], sys.argv[3:]
    signal.signal(signal.SIGTERM, _end)
    adopt_orphans()
    hide_memory()
    importlib.import_module(entry)
    for module in modules:
        with contextlib.suppress(Exception):  # who needs it imports it again, and is told
            importlib.import_module(module)
    prepare = getattr(sys.modules[entry], "prepare", None)
    if prepare:
        prepare()
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
    os._exit(0)  # to take Great Expectations down object by object was measured at 0.2 s


def _serve(control: socket.socket, entry: str) -> None:
    living: dict[int, str] = {}
    ours = {place: list_folder(place) for place in (str(Path.cwd()), *private_places())}
    before = standing()
    while True:
        message, fds, _, _ = socket.recv_fds(control, _PACKET, _MAX_FDS)
        if not message:
            return
        request = json.loads(message)
        if request["op"] == "start":
            pid = _fork(control, entry, request["job"], fds)
            living[pid] = request["job"].get("folder", "")
            _reply(control, pid=pid, ticket=request["ticket"])
        elif request["op"] == "clear":
            while living:
                pid, folder = living.popitem()
                _finish(pid, set(living))
                remove_folder(folder)
            clean = _tidy_up(ours) and standing() == before
            _reply(control, ticket=request["ticket"])
            if not clean:
                return
        else:
            folder = living.pop(request["pid"])
            ending = _finish(request["pid"], set(living))
            _reply(control, ticket=request["ticket"], **ending)
            if request["killed"] and ending["status"] == -signal.SIGKILL:
                continue  # the next child goes on in its folder
            remove_folder(folder)
            if folder and not living and not (_tidy_up(ours) and standing() == before):
                return  # whoever asks next starts another parent


def _fork(control: socket.socket, entry: str, job: dict[str, Any], fds: list[int]) -> int:
    pid = os.fork()
    if pid:
        for fd in fds:
            os.close(fd)
        return pid
    status = 1
    try:
        die_with_parent()
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
    deadline = time.monotonic() + _HUNT_SECONDS
    while (orphans := children() - living) and time.monotonic() < deadline:
        _kill_all(orphans)  # at full speed: it may be forking as fast as it can
    return {"status": status, "memory": usage * 1024}


def _tidy_up(ours: Mapping[str, set[str]]) -> bool:
    """Remove what a child left in files; in a sandbox, tell whether nothing at all is left."""
    gone = [empty_folder(place, keep=names) for place, names in ours.items()]
    return all(gone) and not (private_places() and (children() or _shared_memory()))


def _shared_memory() -> bool:
    """Tell whether System V objects exist: they outlive the processes that made them."""
    lists = Path("/proc/sysvipc").glob("*")  # a heading, and a line for each object
    return any(len(path.read_text().splitlines()) > 1 for path in lists)


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
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    for pid in pids:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def _reply(control: socket.socket, **answer: object) -> None:
    control.send(json.dumps(answer).encode())


def _end(_: int, __: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
