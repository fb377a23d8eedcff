"""A learner process owns its end of the socket: whatever bytes it sends, the judge gets a verdict.

Stands apart from the submissions because each forgery is one line here and a file there.
"""

import json
import os
import resource
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from workbench.judging.bounds import Bounds
from workbench.judging.channel import Channel
from workbench.judging.dialogue import Task
from workbench.judging.learner import Learner
from workbench.judging.packing import pack
from workbench.judging.processes import Begun, Ending
from workbench.judging.unpacking import unpack
from workbench.judging.verdicts import BadAnswer, Verdict
from workbench.judging.wire import Packed

MB = 2**20
Answer = Callable[[str], Packed | bytes]


class Forger:
    """Stands in for the starter of learner processes: a thread that answers as it likes."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def start(self, job: dict[str, Any], fds: Sequence[int] = ()) -> Begun:
        judges, ours = socket.socketpair()
        threading.Thread(target=self._serve, args=(ours,), daemon=True).start()
        return Begun(1, judges)

    def end(self, pid: int, *, killed: bool = False) -> Ending:
        return Ending(0, 0)

    def close(self) -> None:
        pass

    def _serve(self, sock: socket.socket) -> None:
        channel = Channel(sock)
        try:
            while True:
                request = unpack(channel.receive())
                loading = request["op"] == "load"
                reply = pack({"id": request["id"], "value": None}) if loading else None
                reply = reply or self._answer(request["id"])
                if isinstance(reply, bytes):
                    sock.sendall(reply)
                else:
                    channel.send(reply)
        except Exception:
            sock.close()


def ask(answer: Answer, seconds: float = 3.0) -> Any:
    """What a check gets for one call, by way of the judge's own code."""
    task = Task({"desk.py": b"x"}, seconds, seconds, Bounds(), "/nowhere")
    with Learner(lambda: Forger(answer), task) as learner:
        try:
            return learner.call("f")
        except Verdict as verdict:
            return verdict


def raw(tree: object, *buffers: bytes) -> Answer:
    """A reply whose value is this JSON tree, tags and all."""
    return lambda ticket: Packed(json.dumps({"id": ticket, "value": tree}).encode(), buffers)


def with_fields(**fields: object) -> Answer:
    return lambda ticket: pack({"id": ticket, **fields})


def text(reply: bytes) -> Answer:
    """A reply written by hand; `ID` stands for the ticket."""
    return lambda ticket: Packed(reply.replace(b"ID", json.dumps(ticket).encode()))


def framed(length: int, count: int = 0, rest: bytes = b"") -> Answer:
    return lambda _: struct.pack("!QI", length, count) + rest


def ipc(table: pa.Table, **options: Any) -> bytes:
    sink = pa.BufferOutputStream()
    written = pa.ipc.IpcWriteOptions(**options)
    with pa.ipc.new_stream(sink, table.schema, options=written) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def series(table: pa.Table, dtype: str = "float64", **options: Any) -> Answer:
    tree = {"$series": {"buffer": 0, "dtypes": [dtype], "index": None}, "name": None}
    return raw(tree, ipc(table, **options))


def frame(names: list[Any], index: Any = None, **changes: Any) -> Answer:
    """A frame of one row whose names and index are what the forger wants."""
    count = len(names) + (index is not None)
    table = pa.table({str(i): [1] for i in range(count)})
    columns = {"buffer": 0, "dtypes": ["int64"] * count, "index": index}
    return raw({"$frame": columns, "names": names, "rows": 1} | changes, ipc(table))


def sharing_bytes(table: pa.Table) -> bytes:
    """An Arrow stream of the first column's bytes, which all the others claim as well."""
    stream, size = bytearray(ipc(table)), table.num_rows * 8
    head = 16 + _number(stream, "<i", 4)  # behind the schema, and this message's own length
    body = head + _number(stream, "<i", head - 4)
    message = head + _number(stream, "<I", head)
    struct.pack_into("<q", stream, _field(stream, message, 3), size)
    vector = _follow(stream, _field(stream, _follow(stream, _field(stream, message, 2)), 2))
    for number in range(_number(stream, "<I", vector)):  # validity and values in turn
        struct.pack_into("<qq", stream, vector + 4 + 16 * number, 0, size * (number % 2))
    return bytes(stream[: body + size] + stream[-8:])


def _number(stream: bytearray, kind: str, place: int) -> int:
    return int(struct.unpack_from(kind, stream, place)[0])


def _follow(stream: bytearray, place: int) -> int:
    return place + _number(stream, "<I", place)


def _field(stream: bytearray, table: int, number: int) -> int:
    listing = table - _number(stream, "<i", table)
    return table + _number(stream, "<H", listing + 4 + 2 * number)


def colliding_tuples(count: int) -> list[list[int]]:
    """Pairs of integers that Python hashes alike: each step of its tuple hash can be undone."""
    mask, p1, p2, p5 = 2**64 - 1, 11400714785074694791, 14029467366897019727, 2870177450012600261
    undo1, undo2 = pow(p1, -1, 2**64), pow(p2, -1, 2**64)

    def turn(value: int, bits: int) -> int:
        return (value << bits | value >> (64 - bits)) & mask

    pairs = []
    for first in range(1, 10**9):
        state = turn((p5 + first * p2) & mask, 31) * p1 & mask
        wanted = turn(12345 * undo1 & mask, 33)
        second = (wanted - state) * undo2 & mask
        if second < 2**61 - 1:
            pairs.append([first, second])
        if len(pairs) == count:
            break
    return pairs


SHAPES: dict[str, Answer] = {
    # of the envelope
    "no reply at all": lambda _: b"",
    "no JSON": lambda _: Packed(b"\x00\xff"),
    "an empty text": lambda _: Packed(b""),
    "a list": lambda ticket: pack([ticket]),
    "another id": with_fields(id="x", value=1),
    "an id that is an array": with_fields(id=np.array(["x", "y"]), value=1),
    "an id that is a frame": with_fields(id=pd.DataFrame({"a": [1, 2]}), value=1),
    "neither value nor handle": with_fields(),
    "a text as handle": with_fields(handle="x"),
    "UTF-16": lambda ticket: Packed(json.dumps({"id": ticket, "value": 1}).encode("utf-16")),
    "claimed 2**62 bytes": framed(2**62),
    "claimed 10**6 buffers": framed(1, 10**6),
    "half a message": framed(100, 0, b"half"),
    # of what the process says about itself
    "missing is a frame": with_fields(missing=pd.DataFrame({"a": [1]})),
    "signature of 1 MB": with_fields(signature="x" * MB),
    "unplain of 1 MB": with_fields(unplain="x" * MB),
    "raised is an array": with_fields(raised=np.arange(3)),
    "raised is a series": with_fields(raised=pd.Series([1, 2])),
    "raised is a suite": text(b'{"id": ID, "raised": {"$suite": {}}}'),
    "raised is a text": with_fields(raised="x"),
    "raised type of 1 MB": with_fields(
        raised={"type": "x" * MB, "text": "x" * MB, "frames": [], "starter": False}
    ),
    "raised ten thousand frames": with_fields(
        raised={"type": "E", "text": "", "frames": [["a", 1, "b"]] * 10_000, "starter": False}
    ),
    "raised frames of frames": with_fields(
        raised={
            "type": "E",
            "text": "",
            "frames": [[pd.DataFrame({"a": range(50)})] * 3],
            "starter": False,
        }
    ),
    "starter is an array": with_fields(
        raised={"type": "E", "text": "", "frames": [], "starter": np.arange(3)}
    ),
    # of values
    "NaN": text(b'{"id": ID, "value": NaN}'),
    "1e999": text(b'{"id": ID, "value": 1e999}'),
    "half a character": text(b'{"id": ID, "value": "\\ud800"}'),
    "half a character, as bytes": text(b'{"id": ID, "value": "\xed\xa0\x80"}'),
    "half a character in a key": text(b'{"id": ID, "value": {"\\udfff": 1}}'),
    "a digit text of 1 MB": text(b'{"id": ID, "value": ' + b"9" * MB + b"}"),
    "a fraction of 1 MB": text(b'{"id": ID, "value": 0.' + b"1" * MB + b"e99999}"),
    "nested 100,000 deep": text(b'{"id": ID, "value": ' + b"[" * 10**5 + b"]" * 10**5 + b"}"),
    "objects nested 100,000 deep": text(
        b'{"id": ID, "value": ' + b'{"a":' * 10**5 + b"1" + b"}" * 10**6
    ),
    "tags nested 1,000 deep": text(
        b'{"id": ID, "value": ' + b'{"$tuple":[' * 1000 + b"]}" * 1000 + b"}"
    ),
    "20 million lists": lambda ticket: text(
        b'{"id": ID, "value": [' + b"[]," * (20 * MB) + b"[]]}"
    )(ticket),
    "30 million zeros": lambda ticket: text(b'{"id": ID, "value": [' + b"0," * (30 * MB) + b"0]}")(
        ticket
    ),
    "colliding keys": raw({"$dict": [[{"$tuple": pair}, 0] for pair in colliding_tuples(20_000)]}),
    "a key that is a list": raw({"$dict": [[[1], 1]]}),
    "an unknown tag": raw({"$object": "os.system"}),
    "NaT": raw({"$timestamp": "NaT"}),
    "this very moment": raw({"$timestamp": "now"}),
    "a time of 1 MB": raw({"$timestamp": "1 " * (MB // 2)}),
    "a time that is a list": raw({"$timestamp": [1, 2]}),
    "no such buffer": raw({"$bytes": 7}),
    "True as buffer": raw({"$bytes": True}, b"x"),
    # of arrays and frames
    "an array of objects": raw(
        {"$array": 0, "dtype": "O", "shape": [1]}, ipc(pa.table({"0": [1]}))
    ),
    "an array of records": raw(
        {"$array": 0, "dtype": "f8,f8", "shape": [1]}, ipc(pa.table({"0": [1]}))
    ),
    "an array of 10**9 rows": raw(
        {"$array": 0, "dtype": "f8", "shape": [10**9]}, ipc(pa.table({"0": [1]}))
    ),
    "one text of 10 MB beside 1,000 short ones": raw(
        {"$array": 0, "dtype": "U", "shape": [1001]},
        ipc(pa.table({"0": ["x" * 10 * MB] + ["x"] * 1000})),
    ),
    "an array without columns": raw({"$array": 0, "dtype": "f8", "shape": []}, ipc(pa.table({}))),
    "a shape of texts": raw(
        {"$array": 0, "dtype": "f8", "shape": ["1"]}, ipc(pa.table({"0": [1]}))
    ),
    "a compressed gigabyte": series(pa.table({"0": np.zeros(4 * MB)}), compression="zstd"),
    "60 columns on the bytes of one": raw(
        {
            "$frame": {"buffer": 0, "dtypes": ["float64"] * 60, "index": None},
            "names": [str(i) for i in range(60)],
            "rows": 1000,
        },
        sharing_bytes(pa.table({str(i): np.zeros(1000) for i in range(60)})),
    ),
    "a null type": series(pa.table({"0": pa.nulls(10)})),
    "a dictionary type": series(pa.table({"0": pa.array(["a"]).dictionary_encode()})),
    "a list type": series(pa.table({"0": [[1]]})),
    "an extension dtype": series(pa.table({"0": [1]}), "Sparse[int]"),
    "a dtype of 100,000 letters": series(pa.table({"0": [1]}), "datetime64[" * 10_000),
    "an Arrow stream of noise": raw(
        {"$series": {"buffer": 0, "dtypes": ["int64"], "index": None}, "name": None}, b"\xff" * 100
    ),
    "a column name that is a list": frame([["a"]]),
    "a column name that is a frame": frame(
        [{"$frame": {"buffer": 0, "dtypes": ["int64"], "index": None}, "names": ["a"], "rows": 1}]
    ),
    "column names that are tuples": frame([{"$tuple": ["a", 1]}, {"$tuple": ["b", 1]}]),
    "an index name that is a list": frame(["a"], {"name": ["x"]}),
    "an index name that is a dict": frame(["a"], {"name": {"x": 1}}),
    "10**9 rows without columns": frame([], rows=10**9),
    "minus one row": frame([], rows=-1),
    "more names than columns": raw(
        {
            "$frame": {"buffer": 0, "dtypes": ["int64"], "index": None},
            "names": ["a", "b"],
            "rows": 1,
        },
        ipc(pa.table({"0": [1]})),
    ),
    "a series of two columns": raw(
        {"$series": {"buffer": 0, "dtypes": ["int64"] * 2, "index": None}, "name": None},
        ipc(pa.table({"0": [1], "1": [1]})),
    ),
    "categories that are lists": raw(
        {
            "$series": {
                "buffer": 0,
                "dtypes": [{"categories": [[1], [2]], "ordered": False}],
                "index": None,
            },
            "name": None,
        },
        ipc(pa.table({"0": [1]})),
    ),
}


NEVER_ENDS = ("no reply at all", "half a message", "colliding keys", "a time of 1 MB")


@contextmanager
def bounded_memory(extra: int) -> Iterator[None]:
    """Fail rather than fill the machine, should a bomb go off."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (used + extra, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


# the time limit may strike in the end of some other object, and strikes again
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("shape", SHAPES)
def test_every_forgery_is_a_verdict_and_a_short_one(shape: str) -> None:
    started = time.monotonic()
    with bounded_memory(3 * 2**30):
        seen = ask(SHAPES[shape], seconds=0.5 if shape in NEVER_ENDS else 5.0)
    assert isinstance(seen, Verdict), f"accepted: {str(seen)[:80]}"
    assert len(str(seen)) < 5_000
    str(seen).encode()
    assert time.monotonic() - started < 20  # and not for ever


@pytest.mark.parametrize("handle", ["first", True, 1.5, None, [1], {"$frame": 0}])
def test_a_handle_is_a_number(handle: object) -> None:
    task = Task({"desk.py": b"x"}, 5.0, 5.0, Bounds(), "/nowhere")
    reply = text(b'{"id": ID, "handle": ' + json.dumps(handle).encode() + b"}")
    with Learner(lambda: Forger(reply), task) as learner, pytest.raises(BadAnswer):
        learner.new("Tally")


def test_a_value_is_no_handle_and_a_handle_no_value() -> None:
    task = Task({"desk.py": b"x"}, 5.0, 5.0, Bounds(), "/nowhere")
    for reply, ask_for in ((with_fields(value=1), "new"), (with_fields(handle=1), "call")):
        with Learner(lambda reply=reply: Forger(reply), task) as learner, pytest.raises(BadAnswer):
            getattr(learner, ask_for)("Tally")
