"""Python imports this at its start: the workbench, and it alone, then finds itself on Windows.

What Windows lacks is not there, and what it does in its own way is done so. Libraries go on as
they are: that they work on Windows is not ours to show.
"""

from __future__ import annotations

import builtins
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

LACKING = {
    os: "fork killpg setsid pread wait4 O_NOFOLLOW O_NONBLOCK O_DIRECTORY sysconf getpriority",
    signal: "SIGKILL SIGALRM SIGHUP setitimer pthread_kill",
    socket: "AF_UNIX send_fds recv_fds",
    subprocess: "",
    sys: "",
}
ABSENT = {"fcntl", "grp", "pwd", "resource", "termios", "tty"}


class Other(ModuleType):
    """A module as it is on the other system."""

    def __init__(self, real: ModuleType, **own: Any) -> None:
        super().__init__(real.__name__)
        vars(self).update(own, real=real, lacking=LACKING[real].split())

    def __getattr__(self, name: str) -> Any:
        if name in self.lacking:
            raise AttributeError(f"Windows has no {self.real.__name__}.{name}")
        return getattr(self.real, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.real, name, value)


class Popen(subprocess.Popen):
    """Hands nothing over but what it prints to; those it starts find Windows, too."""

    def __init__(self, *args: Any, creationflags: int = 0, **options: Any) -> None:
        assert not options.pop("pass_fds", ()), "pass_fds not supported on Windows."
        assert not options.get("preexec_fn")
        if options.get("env"):
            here = str(Path(__file__).parent)
            paths = [here, options["env"].get("PYTHONPATH")]
            options["env"] = {
                **options["env"],
                "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            }
        super().__init__(*args, **options)


def run(*args: Any, creationflags: int = 0, **options: Any) -> Any:
    return subprocess.run(*args, **options)


def kill(pid: int, number: int) -> None:
    if pid == os.getpid():
        os._exit(number)
    os.kill(pid, number)


def locking(handle: int, mode: int, _: int) -> None:
    import fcntl

    fcntl.flock(handle, mode)


def make_others() -> dict[str, ModuleType]:
    import fcntl

    msvcrt = ModuleType("msvcrt")
    vars(msvcrt).update(
        locking=locking,
        LK_LOCK=fcntl.LOCK_EX,
        LK_NBLCK=fcntl.LOCK_EX | fcntl.LOCK_NB,
        LK_UNLCK=fcntl.LOCK_UN,
    )
    return {
        "msvcrt": msvcrt,
        "os": Other(os, name="nt", kill=kill),
        "signal": Other(signal),
        "socket": Other(socket),
        "subprocess": Other(subprocess, Popen=Popen, run=run, CREATE_NO_WINDOW=0x08000000),
        "sys": Other(sys, platform="win32"),
    }


def install() -> None:
    others, real = make_others(), builtins.__import__

    def import_(name: str, importer: Any = None, *rest: Any, **more: Any) -> Any:
        scope = importer or more.get("globals") or {}
        ours = (scope.get("__package__") or "").partition(".")[0] == "workbench"
        if ours and name in ABSENT:
            raise ModuleNotFoundError(f"Windows has no module {name}")
        if ours and name in others:
            return others[name]
        return real(name, importer, *rest, **more)

    builtins.__import__ = import_


install()
