"""Starting judge and learner processes: what a starter is, and the warm one, which forks."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from workbench.apart import apart

JUDGE = "workbench.judging.judge_process"
LEARNER = "workbench.judging.learner_process"
LOG = "processes.log"


# Imports of everything were measured at 9 s from a cold disk, and above 45 s where six processes
# shared a core; an end at 0.01 s. A warm parent that was stopped is lost.
_PATIENCE = 45.0
PATIENCE_AT_START = 240.0
_PATIENCE_AT_END = 3.0


class StarterLost(Exception):
    """The process that starts others has ended."""


@dataclass(frozen=True)
class Ending:
    """How a process ended: exit status (negative: a signal) and peak memory in bytes."""

    status: int
    memory: int


@dataclass(frozen=True)
class Begun:
    """A process that was started: its id, and our end of the channel to it."""

    pid: int
    channel: socket.socket


class Starter(Protocol):
    """Starts processes of one kind."""

    def start(self, job: Mapping[str, Any], fds: Sequence[int] = ()) -> Begun:
        """Start a process with a job, a channel, and what else it is to inherit."""

    def end(self, pid: int, *, killed: bool = False) -> Ending:
        """End a process and all that it left running.

        Its folder is removed, unless it was to be killed, and was, for another one to go on there.
        """

    def close(self) -> None:
        """End everything."""


def can_fork() -> bool:
    """Tell whether warm starts work here: macOS's system libraries break in a forked child."""
    return sys.platform == "linux"


def clean_environment(home: str) -> dict[str, str]:
    """Build the environment of every judged process.

    One thread for each library, so that a fork is safe; no telemetry; no secrets.
    """
    windows = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "NUMBER_OF_PROCESSORS")
    keep = ("PATH", "VIRTUAL_ENV", "USERNAME", *windows)
    return {name: os.environ[name] for name in keep if name in os.environ} | {
        **dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), home),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), home),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": home,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
        "LOKY_MAX_CPU_COUNT": "1",
        "GX_ANALYTICS_ENABLED": "false",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        # relative to the folder that a submission runs in; asking a fresh Python which packages
        # a model needs was measured at 2.9 s
        "MLFLOW_TRACKING_URI": "sqlite:///mlflow.db",
        "MLFLOW_REQUIREMENTS_INFERENCE_TIMEOUT": "0",
        "GIT_PYTHON_REFRESH": "quiet",
        "DO_NOT_TRACK": "true",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }


class Nursery:
    """A warm parent process and the socket on which it takes requests."""

    def __init__(self, control: socket.socket, process: subprocess.Popen[bytes] | None) -> None:
        self._control = control
        self._process = process
        self._lost = False
        self._patience = PATIENCE_AT_START

    @classmethod
    def open(
        cls, entry: str, modules: Sequence[str], home: str, wrapper: Sequence[str] = ()
    ) -> Nursery:
        """Start a warm parent; returns at once, the first start waits until it is ready."""
        if sys.platform == "win32":
            raise StarterLost("Windows cannot fork.")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            arguments = [str(theirs.fileno()), entry, *modules]
            command = [*wrapper, sys.executable, "-P", "-m", "workbench.judging.nursery"]
            process = spawn([*command, *arguments], [theirs.fileno()], home)
        return cls(ours, process)

    @property
    def lost(self) -> bool:
        """Whether the warm parent has ended, or was stopped, by whatever it started."""
        return self._lost or (self._process is not None and self._process.poll() is not None)

    @property
    def fileno(self) -> int:
        """Descriptor of the control socket, to hand to a judge."""
        return self._control.fileno()

    def start(self, job: Mapping[str, Any], fds: Sequence[int] = ()) -> Begun:
        """Fork a child; its session and group id are its process id."""
        self._control.settimeout(self._patience)
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                answer = self._ask({"op": "start", "job": job}, (theirs.fileno(), *fds))
        except StarterLost:
            ours.close()
            raise
        self._patience = _PATIENCE
        return Begun(int(answer["pid"]), ours)

    def end(self, pid: int, *, killed: bool = False) -> Ending:
        """End a child, its group and its orphans."""
        self._control.settimeout(_PATIENCE_AT_END)
        answer = self._ask({"op": "end", "pid": pid, "killed": killed})
        return Ending(answer["status"], answer["memory"])

    def clear(self) -> None:
        """End all children: nobody is left to end them one by one."""
        self._control.settimeout(_PATIENCE_AT_END)
        self._ask({"op": "clear"})

    def close(self) -> None:
        """End the warm parent; it ends its children."""
        self._control.close()
        if self._process:
            if not self._lost:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(timeout=2)
            self._process.kill()
            self._process.wait()

    def _ask(self, request: Mapping[str, Any], fds: Sequence[int] = ()) -> dict[str, Any]:
        if sys.platform == "win32":
            raise StarterLost("Windows cannot fork.")
        ticket = secrets.token_hex(8)
        try:
            message = json.dumps({**request, "ticket": ticket}).encode()
            socket.send_fds(self._control, [message], list(fds))
        except OSError:
            self._lost = True
            raise StarterLost("The warm parent has ended.") from None
        return self._receive(ticket)

    def _receive(self, ticket: str) -> dict[str, Any]:
        """Wait for the answer; a judge that was ended may have left the one to its question."""
        with contextlib.suppress(OSError):
            while message := self._control.recv(2**16):
                answer: dict[str, Any] = json.loads(message)
                if "error" in answer:
                    break
                if answer.get("ticket") == ticket:
                    return answer
        self._lost = True
        raise StarterLost("The warm parent has ended.")


def spawn(
    command: Sequence[str],
    fds: Sequence[int],
    home: str,
    output: int | None = None,
    stdin: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a process with a clean environment and inherited descriptors (none on Windows).

    What it prints goes to a descriptor, else what it complains about to the log: it tells an
    author what went wrong at the start of a process.
    """
    Path(home).mkdir(parents=True, exist_ok=True)
    with (Path(home) / LOG).open("ab") as log:
        return subprocess.Popen(
            command,
            pass_fds=tuple(fds),
            env=clean_environment(home),
            cwd=home,
            stdin=stdin,
            stdout=subprocess.DEVNULL if output is None else output,
            stderr=log,
            **apart(),  # Ctrl-C is the command's to handle
        )
