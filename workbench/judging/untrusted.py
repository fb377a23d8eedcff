"""Bytes from an untrusted sender, looked at before a reader opens them.

A reader's work must not grow beyond the bytes that were sent: a small message could otherwise
unfold into gigabytes, or keep the judge busy for minutes.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Iterator
from typing import Any, Final

import pyarrow as pa

MAX_ROWS: Final = 5_000_000
MAX_COLUMNS: Final = 2_000
MAX_CELLS: Final = 40_000_000  # a year of flights has 337,000 rows
MAX_TEXT: Final = 32 * 2**20
MAX_VALUES: Final = 2_000_000
_HALF_CHARACTER = re.compile(rb"(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F]")
_SCHEMA, _BATCH = 1, 3  # kinds of message in Arrow's Message.fbs


class NotPlain(ValueError):
    """A value that is no plain data, or a message that is not well formed."""


def check_text(text: bytes) -> None:
    """Refuse a JSON text that would be slow or large once it is read.

    Raises
    ------
    NotPlain
        When it has more bytes or values than may cross; each value has a comma or bracket.
    """
    if len(text) > MAX_TEXT:
        raise NotPlain(f"more than {MAX_TEXT // 2**20} MB of text and numbers")
    if sum(map(text.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise NotPlain(f"more than {MAX_VALUES:,} values outside of frames and arrays")


def read_json(text: bytes) -> Any:
    """Read a JSON text of bounded size, in UTF-8 and without half characters."""
    check_text(text)
    if _HALF_CHARACTER.search(text):
        raise NotPlain("text with half a character (a lone surrogate)")
    return json.loads(text.decode(), parse_constant=_refuse_constant)


def read_table(buffer: bytes, check_schema: Callable[[pa.Schema], None]) -> pa.Table:
    """Read an Arrow stream that is not compressed, and uses each of its bytes once.

    Parameters
    ----------
    buffer
        The stream.
    check_schema
        Called before any data is read; may refuse.

    Raises
    ------
    NotPlain
        When it would need more memory than it has bytes, or is beyond the bounds.
    """
    for kind, compressed in _messages(buffer):
        if kind not in {_SCHEMA, _BATCH} or compressed:
            raise NotPlain("a malformed message (no plain table)")
    options = pa.ipc.IpcReadOptions(use_threads=False)
    with pa.ipc.open_stream(buffer, options=options) as reader:
        if len(reader.schema) > MAX_COLUMNS:
            raise NotPlain(f"more than {MAX_COLUMNS:,} columns")
        check_schema(reader.schema)
        table = reader.read_all()
    _check_size(table, len(buffer))
    table.validate(full=True)
    return table


def check_rows(count: Any) -> int:
    """Return a number of rows that may cross."""
    if type(count) is not int or not 0 <= count <= MAX_ROWS:
        raise NotPlain(f"more than {MAX_ROWS:,} rows")
    return count


def _check_size(table: pa.Table, sent: int) -> None:
    check_rows(table.num_rows)
    if table.num_rows * table.num_columns > MAX_CELLS:
        raise NotPlain(f"more than {MAX_CELLS:,} cells")
    if table.nbytes > sent:  # columns that share their bytes
        raise NotPlain("a malformed message (more data than was sent)")


def _messages(buffer: bytes) -> Iterator[tuple[int, bool]]:
    """Yield kind and compression of each message of an Arrow stream, reading its head only.

    Heads are FlatBuffers; see Message.fbs in Arrow's format. Field 1 of a Message is the kind,
    field 2 the header; field 3 of a RecordBatch is the compression.
    """
    for message in pa.ipc.MessageReader.open_stream(buffer):
        head = message.metadata.to_pybytes()
        root = _follow(head, 0)
        kind, header = (_field(head, root, number) for number in (1, 2))
        if not kind or not header:
            raise NotPlain("a malformed message (no plain table)")
        compressed = head[kind] == _BATCH and _field(head, _follow(head, header), 3) != 0
        yield head[kind], compressed


def _follow(head: bytes, place: int) -> int:
    """Follow an offset of a FlatBuffer."""
    return place + int(struct.unpack_from("<I", head, place)[0])


def _field(head: bytes, table: int, number: int) -> int:
    """Find the place of a field of a FlatBuffers table; 0 when it is not there."""
    listing = table - struct.unpack_from("<i", head, table)[0]
    entry = 4 + 2 * number
    if entry >= struct.unpack_from("<H", head, listing)[0]:
        return 0
    offset = int(struct.unpack_from("<H", head, listing + entry)[0])
    return table + offset if offset else 0


def _refuse_constant(constant: str) -> None:
    raise NotPlain(f"the number {constant}, which is not finite")
