"""Turning bytes back into values: nobody vouches for what is in them."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.judging.untrusted import MAX_TEXT, NotPlain, check_rows, read_json, read_table
from workbench.judging.wire import MAX_DEPTH, Packed, SuiteDocument, is_plain

_LONGEST_TIME = 64  # of an ISO time, and of a dtype's name
_PANDAS_DTYPES = frozenset(
    "bool boolean str string object Int8 Int16 Int32 Int64 UInt8 UInt16 UInt32 UInt64 "
    "Float32 Float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 "
    "float16 float32 float64".split()
)


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
        if not is_plain(field.type):
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
