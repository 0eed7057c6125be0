"""How do columns and lists of names become bytes that travel between machines, and columns again?

To a cluster such bytes are one value, which it moves without a look inside. One that is long travels in pieces.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from explorer.history.engines.range_rows import texts_of

type Ints = npt.NDArray[Any]

PIECE_BYTES = 8 << 20  # some of them are in memory together, in Java too
_ALIGNED = 8  # bytes: what is compiled reads whole numbers where they should stand


def packed(told: object, columns: Sequence[Ints]) -> bytes:
    """What JSON can tell, and columns of any lengths."""
    head = json.dumps([told, [[column.dtype.str, len(column)] for column in columns]]).encode()
    parts: list[Any] = [len(head).to_bytes(8, "little"), head]
    at = 8 + len(head)
    for column in columns:
        data = memoryview(np.ascontiguousarray(column)).cast("B") if len(column) else b""
        room = -at % _ALIGNED
        parts += [bytes(room), data]
        at += room + len(data)
    return b"".join(parts)


def unpacked(raw: bytearray) -> tuple[Any, list[Ints]]:
    """The inverse; the columns lie in `raw`, and may be written to."""
    at = 8 + int.from_bytes(raw[:8], "little")
    told, kinds = json.loads(raw[8:at])
    columns = []
    for kind, count in kinds:
        at += -at % _ALIGNED
        columns.append(np.frombuffer(raw, kind, count, at) if count else np.zeros(0, kind))
        at += columns[-1].nbytes
    return told, columns


def columns_of_names(names: pa.Array) -> list[Ints]:
    """A list of names as two columns: where each ends, and all bytes."""
    texts = texts_of(names)
    if not len(names):
        return [np.zeros(0, np.int64), np.zeros(0, np.uint8)]
    first, last = int(texts.starts[0]), int(texts.ends[-1])
    return [texts.ends - first, texts.data[first:last]]


def names_of_columns(ends: Ints, data: Ints) -> pa.Array:
    """The inverse."""
    offsets = pa.py_buffer(np.append(np.int64(0), ends))
    return pa.Array.from_buffers(pa.large_binary(), len(ends), [None, offsets, pa.py_buffer(data)])


def pieces(blob: bytes, most: int = PIECE_BYTES) -> Iterator[tuple[int, memoryview]]:
    """A blob in pieces, numbered; it has one at least."""
    view = memoryview(blob)
    for number, begin in enumerate(range(0, max(len(blob), 1), most)):
        yield number, view[begin : begin + most]


def whole(parts: Iterable[Any]) -> bytearray:
    """A blob of its pieces."""
    return bytearray().join(parts)
