"""Messages are bounded in size and in time."""

import os
import socket
import struct
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.judging.channel import MAX_BYTES, Channel, ChannelClosed, ChannelTimeout
from workbench.judging.untrusted import NotPlain
from workbench.judging.wire import Packed


@pytest.fixture
def pair() -> Iterator[tuple[Channel, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), theirs


def soon(seconds: float = 5.0) -> float:
    return time.monotonic() + seconds


@given(st.binary(max_size=500), st.lists(st.binary(max_size=500), max_size=4))
def test_a_message_arrives_whole(text: bytes, buffers: list[bytes]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        message = Packed(text, tuple(buffers))
        Channel(theirs).send(message)
        assert Channel(ours).receive(soon()) == message


def test_messages_larger_than_the_socket_buffer_pass(pair: tuple[Channel, socket.socket]) -> None:
    channel, theirs = pair
    message = Packed(b"x", (os.urandom(5_000_000),))
    thread = threading.Thread(target=Channel(theirs).send, args=(message,))
    thread.start()
    assert channel.receive(soon()) == message
    thread.join()


def test_a_closed_end_is_told(pair: tuple[Channel, socket.socket]) -> None:
    channel, theirs = pair
    theirs.close()
    with pytest.raises(ChannelClosed):
        channel.receive(soon())
    with pytest.raises(ChannelClosed):
        channel.send(Packed(b"x"), soon())


def test_half_a_message_is_a_closed_end(pair: tuple[Channel, socket.socket]) -> None:
    channel, theirs = pair
    theirs.sendall(struct.pack("!QI", 100, 0) + b"half")
    theirs.close()
    with pytest.raises(ChannelClosed):
        channel.receive(soon())


def test_silence_and_a_trickle_both_end_at_the_deadline(
    pair: tuple[Channel, socket.socket],
) -> None:
    channel, theirs = pair
    with pytest.raises(ChannelTimeout):
        channel.receive(soon(0.05))
    stop = threading.Event()

    def trickle() -> None:
        theirs.sendall(struct.pack("!QI", 1000, 0))
        while not stop.wait(0.02):
            theirs.sendall(b"x")

    thread = threading.Thread(target=trickle)
    thread.start()
    with pytest.raises(ChannelTimeout):
        channel.receive(soon(0.2))
    stop.set()
    thread.join()


def test_a_reader_that_does_not_read_ends_at_the_deadline(
    pair: tuple[Channel, socket.socket],
) -> None:
    channel, _ = pair
    with pytest.raises(ChannelTimeout):
        channel.send(Packed(b"x", (bytes(10_000_000),)), soon(0.1))


def test_claimed_sizes_are_refused_before_anything_is_read(
    pair: tuple[Channel, socket.socket],
) -> None:
    channel, theirs = pair
    theirs.sendall(struct.pack("!QI", 2**62, 0))
    with pytest.raises(NotPlain, match="MB"):
        channel.receive(soon())
    theirs.sendall(struct.pack("!QI", 1, 10**6))
    with pytest.raises(NotPlain, match="buffers"):
        channel.receive(soon())
    with pytest.raises(NotPlain, match="MB"):
        channel.send(Packed(bytes(MAX_BYTES + 1)), soon())
