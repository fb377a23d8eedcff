"""Plain starts: a fresh interpreter for each process. Slower than a fork, and works anywhere.

Both ends are here. The starter writes one line of JSON to the process's standard input: the job,
and where its channel is. On POSIX that is an inherited descriptor. On Windows no descriptor can
be handed over, so the process connects to a port of this machine, which only answers to a token.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from workbench.apart import apart
from workbench.judging.folders import remove_folder
from workbench.judging.processes import PATIENCE_AT_START, Begun, Ending, StarterLost, spawn
from workbench.judging.steps import KILL

_HOST = "127.0.0.1"
_LOOK = 0.2  # seconds; on Windows nothing else lets Ctrl-C through
_TO_SAY = 2.0  # a busy machine may take its time between two lines
_TO_END = 0.05 if sys.platform != "win32" else 2.0  # to look for a process's children is slow

Run = Callable[[dict[str, Any], list[int]], None]


class PlainStarter:
    """Starts a fresh interpreter for each process."""

    def __init__(self, entry: str, home: str, wrapper: Sequence[str] = ()) -> None:
        self._entry = entry
        self._home = home
        self._wrapper = wrapper
        self._running: dict[int, tuple[subprocess.Popen[bytes], str]] = {}

    def start(self, job: Mapping[str, Any], fds: Sequence[int] = ()) -> Begun:
        """Start an interpreter; it prints to the descriptor, if one is given."""
        command = [*self._wrapper, sys.executable, "-P", "-m", self._entry]
        output = fds[0] if fds else None

        def begin(*inherited: int, **where: Any) -> subprocess.Popen[bytes]:
            process = spawn(command, inherited, self._home, output, stdin=subprocess.PIPE)
            self._running[process.pid] = process, job.get("folder", "")
            assert process.stdin is not None
            with contextlib.suppress(OSError), process.stdin as told:  # it may have ended at once
                told.write(json.dumps({"job": job, "prints": bool(fds), **where}).encode())
            return process

        process, channel = (_by_port if sys.platform == "win32" else _by_descriptor)(begin)
        return Begun(process.pid, channel)

    def end(self, pid: int, *, killed: bool = False) -> Ending:
        """End a process and its group."""
        process, folder = self._running.pop(pid)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_TO_END)
        _kill_all(process)
        status = process.wait()
        # Windows knows no signals: who ends itself by one ends with its number
        ending = Ending(-status if sys.platform == "win32" and status == KILL else status, 0)
        if not (killed and ending.status == -KILL):
            remove_folder(folder)
        return ending

    def close(self) -> None:
        """End all processes that still run."""
        for pid in list(self._running):
            self.end(pid)


def serve_plainly(run: Run) -> None:
    """Take the job and the channel that a starter has for this process, and run."""
    told = json.loads(sys.stdin.buffer.read())
    fd = told["fd"] if "fd" in told else _connect(told["port"], told["token"])
    run(told["job"], [fd, *([os.dup(1)] if told["prints"] else [])])


_Begin = Callable[..., "subprocess.Popen[bytes]"]
_Begun = tuple["subprocess.Popen[bytes]", socket.socket]


def _by_descriptor(begin: _Begin) -> _Begun:
    ours, theirs = socket.socketpair()
    with theirs:
        return begin(theirs.fileno(), fd=theirs.fileno()), ours


def _by_port(begin: _Begin) -> _Begun:
    token = secrets.token_hex(16)
    with socket.create_server((_HOST, 0)) as server:
        process = begin(port=server.getsockname()[1], token=token)
        for caller in _callers(server, process):
            if _says(caller, token):
                return process, caller
    raise StarterLost("The process did not answer.")


def _callers(server: socket.socket, process: subprocess.Popen[bytes]) -> Iterator[socket.socket]:
    """Take who connects, until the process has ended or is late: its imports take a while."""
    deadline = time.monotonic() + PATIENCE_AT_START
    server.settimeout(_LOOK)
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(TimeoutError):
            caller, _ = server.accept()
            caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            yield caller


def _says(caller: socket.socket, token: str) -> bool:
    """Tell whether it is the process: any program here may connect."""
    caller.settimeout(_TO_SAY)
    said = b""
    with contextlib.suppress(OSError):
        while len(said) < len(token) and (part := caller.recv(len(token) - len(said))):
            said += part
    if secrets.compare_digest(said, token.encode()):
        return True
    caller.close()
    return False


def _connect(port: int, token: str) -> int:
    channel = socket.create_connection((_HOST, port))
    channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    channel.sendall(token.encode())
    return channel.detach()


def _kill_all(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and what it started; on Windows only where it has not ended by itself."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        with contextlib.suppress(OSError):
            subprocess.run(tree, capture_output=True, check=False, **apart())
        process.kill()
