"""A digest of a table's content that is the same on every machine."""

import hashlib

import numpy as np
import pandas as pd


def content_digest(frame: pd.DataFrame) -> str:
    """SHA-256 over names, kinds and values, column by column.

    Storage does not matter: neither the file format nor its compression, the unit of a
    timestamp, the width of an integer, nor the bits of a NaN.

    Parameters
    ----------
    frame : DataFrame
        Columns of booleans, integers, floats, text, or timestamps (with or without zone).

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    digest = hashlib.sha256(b"%d" % len(frame))
    for name in frame.columns:
        kind, values = _canonical(frame[name])
        digest.update(f"\n{name}:{kind}\n".encode())
        digest.update(values)
    return digest.hexdigest()


def _canonical(column: pd.Series) -> tuple[str, bytes]:
    """Kind and little-endian bytes of a column."""
    kind = column.dtype.kind
    if kind == "M" or isinstance(column.dtype, pd.DatetimeTZDtype):
        zone = str(getattr(column.dtype, "tz", "") or "")
        return f"time {zone}", column.dt.as_unit("us").astype("int64").to_numpy("<i8").tobytes()
    if kind == "f":
        values = column.to_numpy("<f8") + 0.0  # no negative zero
        return "float", np.where(np.isnan(values), np.nan, values).astype("<f8").tobytes()
    if kind in "iu":
        return "integer", column.to_numpy("<i8").tobytes()
    if kind == "b":
        return "boolean", column.to_numpy("u1").tobytes()
    # Neither control character occurs in text: one separates, one stands for null.
    return "text", "\x1f".join(column.astype("object").fillna("\x1e")).encode()
