"""The wire format: plain data as JSON, frames and arrays as Arrow IPC.

What goes in comes out equal, or is refused with a sentence that names the type. The learner's
side packs and may be lied to by its own objects; the judge's side unpacks bytes only, checks
every type against a list, and never unpickles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

MAX_DEPTH: Final = 32


@dataclass(frozen=True)
class Packed:
    """A value ready to be sent: JSON text and the Arrow buffers that it points to."""

    text: bytes
    buffers: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class SuiteDocument:
    """A Great Expectations suite as its JSON."""

    content: Mapping[str, Any]


def is_plain(kind: pa.DataType) -> bool:
    """Tell whether columns of an Arrow type may cross."""
    types = pa.types
    return any(
        fits(kind)
        for fits in (
            types.is_boolean,
            types.is_integer,
            types.is_floating,
            types.is_string,
            types.is_large_string,
            types.is_timestamp,
            types.is_duration,
            types.is_date,
        )
    )
