"""Turning values into bytes: the side that may be lied to by its own objects."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import GeneratorType
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.judging.untrusted import NotPlain, check_text
from workbench.judging.wire import MAX_DEPTH, Packed, is_plain


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
    if not is_plain(array.type):
        raise NotPlain(f'a column "{name}" of type {array.type}')
    return array


def _is_category(column: pd.Series[Any]) -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype)
