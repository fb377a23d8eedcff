"""What goes in comes out, or a clear refusal."""

import datetime as dt
import json
import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from workbench.judging.packing import pack
from workbench.judging.unpacking import unpack
from workbench.judging.untrusted import NotPlain
from workbench.judging.wire import MAX_DEPTH, Packed, SuiteDocument

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
    | st.binary(max_size=8)
    | st.dates()
    | st.datetimes()
)
KEYS = TEXT | st.integers(-5, 5) | st.booleans() | st.dates()
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=12,
)
DTYPES = ("int8", "uint16", "int64", "float16", "float32", "float64", "bool", "datetime64[us]")
ARRAYS = st.sampled_from(DTYPES).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(max_dims=2, max_side=4))
)
COLUMNS = st.sampled_from(
    [
        ("int64", st.integers(-(2**63), 2**63 - 1)),
        ("Int64", st.none() | st.integers(-(2**63), 2**63 - 1)),
        ("float64", st.none() | st.floats(allow_infinity=False, allow_nan=False)),
        ("bool", st.booleans()),
        ("boolean", st.none() | st.booleans()),
        ("str", st.none() | TEXT),
        ("datetime64[ns]", st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1))),
        ("category", st.sampled_from(["EWR", "JFK", "LGA"])),
    ]
)


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    rows = draw(st.integers(0, 4))
    names = draw(st.lists(TEXT, max_size=4))
    columns = []
    for name in names:
        dtype, values = draw(COLUMNS)
        content = draw(st.lists(values, min_size=rows, max_size=rows))
        columns.append(pd.Series(content, dtype=dtype, name=name))
    frame = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=pd.RangeIndex(rows))
    if draw(st.booleans()):
        labels = st.lists(st.integers(0, 9), min_size=rows, max_size=rows)
        frame.index = pd.Index(draw(labels), dtype="int64", name=draw(st.none() | TEXT))
    return frame


def through(value: object) -> object:
    return unpack(pack(value))


@given(TREES)
def test_plain_data_comes_out_as_it_went_in(tree: object) -> None:
    out = through(tree)
    assert out == tree
    assert type(out) is type(tree)


def test_a_generator_comes_out_as_a_list() -> None:
    assert through((n, [n]) for n in (1, 2)) == [(1, [1]), (2, [2])]


@given(ARRAYS)
def test_arrays_keep_their_dtype_shape_and_values(array: np.ndarray) -> None:
    out = through(array)
    assert out.dtype == array.dtype
    np.testing.assert_array_equal(out, array)


@given(frames())
def test_frames_keep_names_types_index_and_values(frame: pd.DataFrame) -> None:
    out = through(frame)
    pd.testing.assert_frame_equal(out, frame, check_column_type=False)


@given(frames())
def test_each_column_alone_comes_out_as_a_series(frame: pd.DataFrame) -> None:
    for i in range(frame.shape[1]):
        column = frame.iloc[:, i]
        pd.testing.assert_series_equal(through(column), column)


@given(st.binary(max_size=200), st.lists(st.binary(max_size=60), max_size=2))
def test_random_bytes_are_refused_and_never_crash(text: bytes, buffers: list[bytes]) -> None:
    try:
        unpack(Packed(text, tuple(buffers)))
    except NotPlain:
        return
    json.loads(text)  # what was accepted was at least JSON


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (math.nan, "not finite"),
        (-math.inf, "not finite"),
        (np.float32("nan"), "not finite"),
        (2**63, "64 bits"),
        (object(), "type object"),
        ({1, 2}, "type set"),
        (lambda: None, "type function"),
        (1 + 2j, "type complex"),
        ("\ud800", "lone surrogate"),
        (pd.NaT, "missing time"),
        (pd.DataFrame({"a": [1, "x"]}), 'column "a" that mixes types'),
        (pd.DataFrame({"a": [[1], [2]]}), "column"),
        (pd.DataFrame([[1]], index=pd.MultiIndex.from_tuples([(1, 2)])), "several levels"),
        (pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([(1, 2)])), "several levels"),
        (np.array([object()]), "dtype object"),
    ],
)
def test_what_cannot_cross_is_named(value: object, reason: str) -> None:
    with pytest.raises(NotPlain, match=reason):
        pack(value)


def test_depth_is_bounded_on_both_sides() -> None:
    deep: list[object] = []
    for _ in range(MAX_DEPTH + 2):
        deep = [deep]
    with pytest.raises(NotPlain, match="deep"):
        pack(deep)
    with pytest.raises(NotPlain, match="deep"):
        unpack(Packed(b"[" * 100_000 + b"]" * 100_000))


@pytest.mark.parametrize("text", [b"NaN", b"-Infinity", b"1e999", b"123456789012345678901"])
def test_numbers_that_json_should_not_hold_are_refused(text: bytes) -> None:
    with pytest.raises(NotPlain):
        unpack(Packed(text))


def ipc(table: pa.Table, compression: str | None = None) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=compression)
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def frame_message(table: pa.Table, dtypes: list[str]) -> Packed:
    tree = {"$series": {"buffer": 0, "dtypes": dtypes, "index": None}, "name": None}
    return Packed(json.dumps(tree).encode(), (ipc(table),))


@pytest.mark.parametrize(
    "array",
    [pa.nulls(10), pa.array([[1]]), pa.array([{"a": 1}]), pa.array([b"x"]), pa.array([None, 1.5])],
)
def test_arrow_types_beyond_the_list_are_refused(array: pa.Array) -> None:
    dtype = "int64"  # also wrong for a float with a null
    with pytest.raises(NotPlain):
        unpack(frame_message(pa.table({"0": array}), [dtype]))


@pytest.mark.parametrize("dtype", ["object; import os", "interval", "Sparse[int]", "V8"])
def test_dtypes_beyond_the_list_are_refused(dtype: str) -> None:
    with pytest.raises(NotPlain, match="dtype"):
        unpack(frame_message(pa.table({"0": pa.array([1])}), [dtype]))


def test_a_frame_of_too_many_rows_is_refused() -> None:
    tree = {"$frame": {"buffer": 0, "dtypes": [], "index": None}, "names": [], "rows": 10**9}
    with pytest.raises(NotPlain, match="rows"):
        unpack(Packed(json.dumps(tree).encode(), (ipc(pa.table({})),)))


def test_subclasses_that_lie_come_out_as_what_they_hold() -> None:
    class Liar(float):
        def __eq__(self, other: object) -> bool:
            return True

        def __repr__(self) -> str:
            return "1" * 10_000

        __hash__ = float.__hash__

    class Frame(pd.DataFrame):
        def __eq__(self, other: object) -> bool:
            return True

    assert type(through(Liar(0.5))) is float
    assert through(Liar(0.5)) == 0.5
    assert type(through(Frame({"a": [1]}))) is pd.DataFrame


def test_minus_zero_and_half_precision_stay_what_they_are() -> None:
    assert math.copysign(1, through(-0.0)) == -1
    assert through(np.float16(0.1)) == float(np.float16(0.1))


def test_a_suite_crosses_as_its_json() -> None:
    class ExpectationSuite:
        def to_json_dict(self) -> dict[str, object]:
            return {"name": "x", "expectations": []}

    assert through(ExpectationSuite()) == SuiteDocument({"name": "x", "expectations": []})
