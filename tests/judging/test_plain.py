"""A process that is reached by a port: nobody else gets its channel."""

import contextlib
import socket
import threading
from typing import Any

import pytest

from workbench.judging import plain
from workbench.judging.processes import StarterLost


class Process:
    """Stands for a process: whether it still runs."""

    pid = 1

    def __init__(self, status: int | None = None) -> None:
        self.status = status

    def poll(self) -> int | None:
        return self.status


def test_a_stranger_is_sent_away() -> None:
    strangers, ours = [], []

    def begin(port: int, token: str) -> Any:
        for said in (b"", b"guess", b"0" * len(token), token[:-1].encode() + b"x"):
            strangers.append(socket.create_connection(("127.0.0.1", port)))
            strangers[-1].sendall(said)
        call = threading.Thread(target=lambda: ours.append(plain._connect(port, token)))
        call.start()
        return Process()

    _, channel = plain._by_port(begin)
    with channel, socket.socket(fileno=ours[0]) as process:
        process.sendall(b"hello")
        channel.settimeout(10)
        assert channel.recv(5) == b"hello"
    for stranger in strangers:
        stranger.settimeout(10)
        with stranger, contextlib.suppress(ConnectionResetError):
            assert stranger.recv(1) == b""


def test_a_process_that_ends_at_once_is_not_waited_for() -> None:
    with pytest.raises(StarterLost):
        plain._by_port(lambda **_: Process(1))
