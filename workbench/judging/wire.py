"""The wire format: plain data as JSON, frames and arrays as Arrow IPC.

What goes in comes out equal, or is refused with a sentence that names the type. The learner's
side encodes and may be lied to by its own objects; the judge's side decodes bytes only, checks
every type against a list, and never unpickles.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import GeneratorType
from typing import Any, cast

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.judging.untrusted import (
    MAX_TEXT,
    NotPlain,
    check_rows,
    check_text,
    read_json,
    read_table,
)

__all__ = ["MAX_DEPTH", "NotPlain", "Packed", "SuiteDocument", "pack", "unpack"]

MAX_DEPTH = 32
_LONGEST_TIME = 64  # of an ISO time, and of a dtype's name

_ARROW_TYPES: tuple[Callable[[pa.DataType], bool], ...] = (
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_timestamp,
    pa.types.is_duration,
    pa.types.is_date,
)
_PANDAS_DTYPES = frozenset(
    "bool boolean str string object Int8 Int16 Int32 Int64 UInt8 UInt16 UInt32 UInt64 "
    "Float32 Float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 "
    "float16 float32 float64".split()
)


@dataclass(frozen=True)
class Packed:
    """A value ready to be sent: JSON text and the Arrow buffers that it points to."""

    text: bytes
    buffers: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class SuiteDocument:
    """A Great Expectations suite as its JSON."""

    content: Mapping[str, Any]


def pack(value: object) -> Packed:
    """Turn a value into bytes.

    Parameters
    ----------
    value
        None, bool, int, finite float, str, bytes, date, datetime, list, tuple, dict, NumPy
        scalar or array, pandas DataFrame, Series or Index, or a Great Expectations suite. NumPy
        scalars become Python numbers, an Index becomes a Series, a generator becomes a list.

    Raises
    ------
    NotPlain
        Naming what cannot cross.
    """
    packer = _Packer()
    tree = packer.tree(value, 0)
    try:
        text = json.dumps(tree, allow_nan=False, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise NotPlain("text with half a character (a lone surrogate)") from None
    check_text(text)
    return Packed(text, tuple(packer.buffers))


def unpack(packed: Packed) -> Any:
    """Turn bytes from an untrusted sender back into a value.

    Raises
    ------
    NotPlain
        When the bytes are not what :func:`pack` writes.
    """
    try:
        return _Unpacker(packed.buffers).value(read_json(packed.text), 0)
    except NotPlain:
        raise
    except RecursionError:
        raise NotPlain("data nested too deeply") from None
    except MemoryError:
        raise NotPlain("data too large to open") from None
    except Exception as problem:  # any malformed byte may surface as any error of the readers
        raise NotPlain(f"a malformed message ({type(problem).__name__})") from None


class _Packer:
    """Collects Arrow buffers while it turns a value into a JSON tree."""

    def __init__(self) -> None:
        self.buffers: list[bytes] = []

    def tree(self, value: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise NotPlain(f"data nested more than {MAX_DEPTH} deep")
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, np.generic) and not isinstance(value, np.datetime64 | np.timedelta64):
            return self.tree(value.item(), depth)
        for kind, write in self._writers():
            if isinstance(value, kind):
                return write(value, depth)
        if type(value).__name__ == "ExpectationSuite" and hasattr(value, "to_json_dict"):
            return {"$suite": self.tree(value.to_json_dict(), depth + 1)}
        raise NotPlain(f"an object of type {type(value).__name__}")

    def _writers(self) -> tuple[tuple[Any, Callable[[Any, int], Any]], ...]:
        return (
            (int, self._int),
            (float, self._float),
            (str, lambda value, _: str.__str__(value)),
            (datetime, self._datetime),
            (date, lambda value, _: {"$date": value.isoformat()}),
            (bytes, lambda value, _: {"$bytes": self._keep(bytes(value))}),
            (list, lambda value, depth: [self.tree(item, depth + 1) for item in value]),
            (tuple, lambda value, depth: {"$tuple": [self.tree(i, depth + 1) for i in value]}),
            (GeneratorType, lambda value, depth: [self.tree(i, depth + 1) for i in value]),
            (Mapping, self._mapping),
            (pd.DataFrame, self._frame),
            (pd.Series, self._series),
            (pd.Index, lambda value, depth: self._series(value.to_series(index=None), depth)),
            (np.ndarray, self._array),
        )

    def _int(self, value: int, _: int) -> int:
        if not -(2**63) <= value < 2**63:
            raise NotPlain("an integer of more than 64 bits")
        return int(value)

    def _float(self, value: float, _: int) -> float:
        if not math.isfinite(value):
            raise NotPlain(f"the number {float(value)}, which is not finite")
        return float(value)

    def _datetime(self, value: datetime, _: int) -> dict[str, Any]:
        if pd.isna(value):
            raise NotPlain("a missing time (NaT)")
        kind = "$timestamp" if isinstance(value, pd.Timestamp) else "$datetime"
        return {kind: value.isoformat()}

    def _mapping(self, value: Mapping[Any, Any], depth: int) -> dict[str, Any]:
        if all(type(key) is str and not key.startswith("$") for key in value):
            return {key: self.tree(item, depth + 1) for key, item in value.items()}
        pairs = [[self.tree(k, depth + 1), self.tree(v, depth + 1)] for k, v in value.items()]
        return {"$dict": pairs}

    def _frame(self, frame: pd.DataFrame, _: int) -> dict[str, Any]:
        if isinstance(frame.columns, pd.MultiIndex):
            raise NotPlain("a frame with several levels of column names")
        columns = [column for _, column in frame.items()]
        names = [self._name(name) for name in frame.columns]
        return {
            "$frame": self._columns(columns, frame.index),
            "names": names,
            "rows": len(frame),
        }

    def _series(self, series: pd.Series[Any], _: int) -> dict[str, Any]:
        columns = self._columns([series], series.index)
        return {"$series": columns, "name": self._name(series.name)}

    def _name(self, name: Any) -> Any:
        if isinstance(name, tuple | list | Mapping):
            raise NotPlain(f"a column named by a {type(name).__name__}")
        return self.tree(name, MAX_DEPTH)

    def _columns(self, columns: list[pd.Series[Any]], index: pd.Index[Any]) -> dict[str, Any]:
        if isinstance(index, pd.MultiIndex):
            raise NotPlain("an index of several levels (use reset_index first)")
        plain = isinstance(index, pd.RangeIndex) and index.equals(pd.RangeIndex(len(index)))
        stored = columns if plain else [*columns, index.to_series()]
        arrays = [_arrow(column) for column in stored]
        table = pa.Table.from_arrays(arrays, names=[str(i) for i in range(len(arrays))])
        return {
            "buffer": self._buffer(table),
            "dtypes": [self._dtype(column) for column in stored],
            "index": None if plain else {"name": self._name(index.name)},
        }

    def _dtype(self, column: pd.Series[Any]) -> Any:
        if not isinstance(column.dtype, pd.CategoricalDtype):
            return str(column.dtype)
        categories = [self._name(name) for name in column.cat.categories]
        return {"categories": categories, "ordered": bool(column.cat.ordered)}

    def _array(self, array: np.ndarray[Any, Any], _: int) -> dict[str, Any]:
        if array.dtype.kind not in "biufMmU":
            raise NotPlain(f"an array of dtype {array.dtype}")
        flat = pa.array(np.ascontiguousarray(array).ravel())
        dtype = "U" if array.dtype.kind == "U" else array.dtype.str.lstrip("<>=|")
        table = pa.table({"0": flat})
        return {"$array": self._buffer(table), "dtype": dtype, "shape": list(array.shape)}

    def _buffer(self, table: pa.Table) -> int:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        return self._keep(sink.getvalue().to_pybytes())

    def _keep(self, buffer: bytes) -> int:
        self.buffers.append(buffer)
        return len(self.buffers) - 1


def _arrow(column: pd.Series[Any]) -> pa.Array:
    """Turn a column into an Arrow array, refusing mixed and nested ones."""
    values: Any = column.astype(column.cat.categories.dtype) if _is_category(column) else column
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biuf":
        values = column.to_numpy()  # Arrow reads it four times as fast as a series
    name = str(column.name)[:60]
    try:
        array = pa.array(values, from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError):
        raise NotPlain(f'a column "{name}" that mixes types') from None
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_null(array.type):
        array = array.cast(pa.string() if values.dtype == object else pa.float64())
    if not any(fits(array.type) for fits in _ARROW_TYPES):
        raise NotPlain(f'a column "{name}" of type {array.type}')
    return array


def _is_category(column: pd.Series[Any]) -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype)


class _Unpacker:
    """Builds a value from a JSON tree and Arrow buffers that nobody vouches for."""

    def __init__(self, buffers: tuple[bytes, ...]) -> None:
        self.buffers = buffers

    def value(self, tree: Any, depth: int) -> Any:
        if depth > 2 * MAX_DEPTH:  # a pair in a $dict counts twice
            raise NotPlain("data nested too deeply")
        if isinstance(tree, list):
            return [self.value(item, depth + 1) for item in tree]
        if isinstance(tree, dict):
            return self._object(tree, depth)
        if isinstance(tree, float) and not math.isfinite(tree):
            raise NotPlain(f"the number {tree}, which is not finite")
        if isinstance(tree, int) and not -(2**63) <= tree < 2**63:
            raise NotPlain("an integer of more than 64 bits")
        return tree

    def _object(self, tree: dict[str, Any], depth: int) -> Any:
        tag = next((key for key in tree if key.startswith("$")), None)
        if tag is None:
            return {key: self.value(item, depth + 1) for key, item in tree.items()}
        readers: dict[str, Callable[[], Any]] = {
            "$tuple": lambda: tuple(self.value(item, depth + 1) for item in tree[tag]),
            "$dict": lambda: {self.value(k, depth): self.value(v, depth + 1) for k, v in tree[tag]},
            "$date": lambda: date.fromisoformat(tree[tag]),
            "$datetime": lambda: datetime.fromisoformat(tree[tag]),
            "$timestamp": lambda: self._timestamp(tree[tag]),
            "$suite": lambda: SuiteDocument(self.value(tree[tag], depth + 1)),
            "$bytes": lambda: self._raw(tree[tag]),
            "$frame": lambda: self._frame(tree),
            "$series": lambda: self._series(tree),
            "$array": lambda: self._array(tree),
        }
        if tag not in readers:
            raise NotPlain("a malformed message (unknown tag)")
        return readers[tag]()

    def _timestamp(self, text: str) -> pd.Timestamp:
        # a date first: pandas also reads "now" and "NaT"
        if len(text) > _LONGEST_TIME or not text.lstrip("-")[:1].isdigit():
            raise NotPlain("a malformed message (no time)")
        return pd.Timestamp(text)

    def _name(self, tree: Any) -> Any:
        """Read what columns, indexes and categories are called: a scalar that can be hashed."""
        name = self.value(tree, 0)
        if not (name is None or isinstance(name, str | int | float | date)):
            raise NotPlain(f"a column named by a {type(name).__name__}")
        return name

    def _frame(self, tree: dict[str, Any]) -> pd.DataFrame:
        frame, index = self._columns(tree["$frame"])
        names = [self._name(name) for name in tree["names"]]
        if len(names) != frame.shape[1]:
            raise NotPlain("a malformed message (names and columns differ)")
        if index is None:
            index = pd.RangeIndex(check_rows(tree["rows"]))
        frame = frame.set_axis(index) if names else pd.DataFrame(index=index)
        frame.columns = pd.Index(names, dtype=None if names else "str")
        return frame

    def _series(self, tree: dict[str, Any]) -> pd.Series[Any]:
        frame, index = self._columns(tree["$series"])
        ((_, column),) = frame.items()
        named = column.rename(self._name(tree["name"]))
        return named if index is None else named.set_axis(index)

    def _columns(self, tree: dict[str, Any]) -> tuple[pd.DataFrame, pd.Index[Any] | None]:
        """Read columns, named by their positions as names may repeat, and the index behind them."""
        table = self._table(tree["buffer"])
        if len(tree["dtypes"]) != table.num_columns:
            raise NotPlain("a malformed message (types and columns differ)")
        # all at once takes half the time of one by one; what the sender says about it is ignored
        frame = table.to_pandas(use_threads=False, ignore_metadata=True)
        frame.columns = pd.RangeIndex(table.num_columns)
        for place, (dtype, seen) in enumerate(zip(tree["dtypes"], frame.dtypes, strict=True)):
            if dtype != str(seen):
                frame.isetitem(place, self._restore(table.column(place), dtype))
        if tree["index"] is None:
            return frame, None
        last = frame.pop(frame.columns[-1]).rename(None)
        return frame, pd.Index(last, name=self._name(tree["index"]["name"]))

    def _restore(self, column: pa.ChunkedArray, dtype: Any) -> pd.Series[Any]:
        if isinstance(dtype, str):
            return _restore(column, dtype)
        categories = [self._name(name) for name in dtype["categories"]]
        kind = pd.CategoricalDtype(categories, ordered=bool(dtype["ordered"]))
        return column.to_pandas(use_threads=False).astype(kind)  # type: ignore[no-any-return]

    def _array(self, tree: dict[str, Any]) -> np.ndarray[Any, Any]:
        shape = tuple(check_rows(size) for size in tree["shape"])
        flat = self._table(tree["$array"]).column(0).to_numpy(zero_copy_only=False)
        if tree["dtype"] == "U":
            return self._texts(flat.tolist()).reshape(shape)
        dtype = np.dtype(tree["dtype"])
        if dtype.kind not in "biufMm":
            raise NotPlain(f"an array of dtype {dtype}")
        array: np.ndarray[Any, Any] = flat.astype(dtype).reshape(shape)
        return array

    def _texts(self, texts: list[str]) -> np.ndarray[Any, Any]:
        # NumPy gives every text the room of the longest
        if len(texts) * max(map(len, texts), default=0) > MAX_TEXT:
            raise NotPlain("an array of long and short texts (use a list)")
        return np.array(texts, dtype=np.str_)

    def _raw(self, buffer: Any) -> bytes:
        if type(buffer) is not int or not 0 <= buffer < len(self.buffers):
            raise NotPlain("a malformed message (no such buffer)")
        return self.buffers[buffer]

    def _table(self, buffer: Any) -> pa.Table:
        return read_table(self._raw(buffer), _refuse_types)


def _refuse_types(schema: pa.Schema) -> None:
    for field in schema:
        if not any(fits(field.type) for fits in _ARROW_TYPES):
            raise NotPlain(f"a column of type {field.type}")


def _restore(column: pa.ChunkedArray, dtype: str) -> pd.Series[Any]:
    """Turn an Arrow column into a pandas one of the dtype that was sent."""
    if dtype not in _PANDAS_DTYPES and not _is_time(dtype):
        raise NotPlain(f"a column of dtype {dtype[:60]}")
    series = _nullable(column, dtype) if dtype[:1] in "IFUb" else None
    if series is None:
        series = column.to_pandas(use_threads=False)
    return series if str(series.dtype) == dtype else series.astype(cast(Any, dtype))


def _is_time(dtype: str) -> bool:
    return dtype.startswith(("datetime64[", "timedelta64[")) and len(dtype) <= _LONGEST_TIME


def _nullable(column: pa.ChunkedArray, dtype: str) -> pd.Series[Any] | None:
    """Keep integers beside nulls exact: they must not pass through floats."""
    if dtype in {"bool"} or not column.null_count:
        return None
    return pd.Series(column.to_pylist(), dtype=dtype)
