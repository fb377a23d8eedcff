"""Messages over a socket, bounded in size and in time."""

from __future__ import annotations

import socket
import struct
import time
from typing import Final

from workbench.judging.untrusted import NotPlain
from workbench.judging.wire import Packed

MAX_BYTES: Final = 128 * 2**20
_MAX_BUFFERS: Final = 64
_HEADER = struct.Struct("!QI")
_SIZE = struct.Struct("!Q")


class ChannelClosed(Exception):
    """The other side has ended."""


class ChannelTimeout(Exception):
    """The other side did not answer in time."""


class Channel:
    """One end of a socket pair.

    A message is a length-prefixed JSON text and length-prefixed buffers. Deadlines are moments
    of ``time.monotonic()``; None waits for ever, which only the learner's side does.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock

    def send(self, message: Packed, deadline: float | None = None) -> None:
        """Send one message.

        Raises
        ------
        NotPlain
            When it is larger than ``MAX_BYTES``.
        ChannelClosed, ChannelTimeout
            When the other side has gone or does not read.
        """
        sizes = [len(buffer) for buffer in message.buffers]
        if len(message.text) + sum(sizes) > MAX_BYTES or len(sizes) > _MAX_BUFFERS:
            raise NotPlain(f"data of more than {MAX_BYTES // 2**20} MB")
        head = _HEADER.pack(len(message.text), len(sizes)) + b"".join(map(_SIZE.pack, sizes))
        for part in (head, message.text, *message.buffers):
            self._send_all(part, deadline)

    def receive(self, deadline: float | None = None, most: int = MAX_BYTES) -> Packed:
        """Receive one message of at most so many bytes.

        Raises
        ------
        NotPlain
            When its sizes are beyond the bounds; the channel is of no use afterwards.
        ChannelClosed, ChannelTimeout
            When the other side has gone or is late.
        """
        length, count = _HEADER.unpack(self._receive_exactly(_HEADER.size, deadline))
        if count > _MAX_BUFFERS:
            raise NotPlain("a malformed message (too many buffers)")
        sizes = [_SIZE.unpack(self._receive_exactly(_SIZE.size, deadline))[0] for _ in range(count)]
        if length + sum(sizes) > most:
            raise NotPlain(f"data of more than {most // 2**20} MB")
        text = self._receive_exactly(length, deadline)
        return Packed(text, tuple(self._receive_exactly(size, deadline) for size in sizes))

    def close(self) -> None:
        """Close this end."""
        self._socket.close()

    def _send_all(self, part: bytes, deadline: float | None) -> None:
        view = memoryview(part)
        while view:
            self._arm(deadline)
            try:
                view = view[self._socket.send(view) :]
            except TimeoutError:
                raise ChannelTimeout from None
            except OSError:
                raise ChannelClosed from None

    def _receive_exactly(self, count: int, deadline: float | None) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            self._arm(deadline)
            try:
                part = self._socket.recv(min(count - len(parts), 2**20))
            except TimeoutError:
                raise ChannelTimeout from None
            except OSError:
                raise ChannelClosed from None
            if not part:
                raise ChannelClosed
            parts += part
        return bytes(parts)

    def _arm(self, deadline: float | None) -> None:
        """Give the next step what is left of the time, so that a trickle cannot stretch it."""
        if deadline is None:
            self._socket.settimeout(None)
            return
        left = deadline - time.monotonic()
        if left <= 0:
            raise ChannelTimeout
        self._socket.settimeout(left)
