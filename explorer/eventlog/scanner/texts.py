"""Which small number stands for each of many texts of a block?"""

import os
from collections.abc import Callable
from functools import cache

import msgspec
import numpy as np

from explorer.eventlog.names import Names
from explorer.eventlog.scanner.text_kernels import (
    KEYS,
    Bytes,
    Flags,
    Int32s,
    Int64s,
    Words,
    encode,
    equal,
    spread,
)

_LEAST_BITS = 10
_ROOM = 2  # slots for each text


def json_text(raw: bytes) -> str:
    """The text that stands between the quotes of a JSON string."""
    return msgspec.json.decode(b'"' + raw + b'"', type=str)


def csv_text(raw: bytes) -> str:
    """The text that stands between the quotes of a CSV field."""
    return raw.replace(b'""', b'"').decode()


@cache
def _secret() -> Words:
    """Keys that nobody can know who writes a log: without them no texts can be found that all fall into one slot.

    With random keys a sum of products, as `encode` makes it, gives two texts the same 32 bits as rarely as chance
    does, whatever they are (D. Lemire and O. Kaser, "Strongly universal string hashing is fast").
    """
    return np.frombuffer(bytearray(os.urandom(8 * KEYS)), np.uint64)


def equals(data: Bytes, starts: Int64s, ends: Int64s, text: bytes) -> Flags:
    """(k,) whether the bytes from each start to each end are `text`; not, where they lie outside of `data`."""
    found = np.empty(len(starts), np.bool_)
    begins, behind = np.ascontiguousarray(starts, np.int64), np.ascontiguousarray(ends, np.int64)
    equal(data, begins, behind, np.frombuffer(bytearray(text), np.uint8), found)
    return found


class ByteCodes:
    """Distinct byte strings in the order of their first appearance: from block to block, a code stays what it is.

    Attributes:
        count: How many there are.
    """

    def __init__(self) -> None:
        self.count = 0
        self._slots = np.zeros(1 << _LEAST_BITS, np.uint64)  # hash and code + 1; 0 is free
        self._begins = np.zeros(
            1 << _LEAST_BITS, np.int64
        )  # in `_bytes`; each ends where the next one begins
        self._bytes = np.empty(1 << 14, np.uint8)

    def codes(self, data: Bytes, starts: Int64s, ends: Int64s) -> Int32s:
        """(k,) the code of each stretch of `data`; new ones are learnt."""
        found = np.empty(len(starts), np.int32)
        starts, ends = np.ascontiguousarray(starts, np.int64), np.ascontiguousarray(ends, np.int64)
        row = 0
        while True:
            row, self.count = encode(
                data, starts, ends, row, _secret(), self._slots, self._begins, self._bytes, self.count, found
            )
            if row == len(starts):
                return found
            if row < 0:
                raise IndexError("a text outside of its block")
            self._grow(int(ends[row] - starts[row]))

    def text(self, code: int) -> bytes:
        """The byte string with this code."""
        return self._bytes[self._begins[code] : self._begins[code + 1]].tobytes()

    def _grow(self, size_bytes: int) -> None:
        """Make room for one more text of so many bytes."""
        used = int(self._begins[self.count])
        if used + size_bytes > len(self._bytes):
            self._bytes = np.resize(self._bytes, 2 * (used + size_bytes))
        if (self.count + 1) * _ROOM > len(self._slots):
            slots = np.zeros(2 * len(self._slots), np.uint64)
            spread(self._slots, slots)
            self._slots = slots
        if self.count + 1 >= len(self._begins):
            self._begins = np.resize(self._begins, 2 * len(self._begins))


class TextCodes(Names[str]):
    """`Names`, with tables that find the codes of a whole column of texts at once.

    Args:
        unescaped: What a stretch of bytes says that has escapes (`json_text`, `csv_text`).
    """

    def __init__(self, unescaped: Callable[[bytes], str] = json_text) -> None:
        super().__init__()
        self._unescaped = unescaped
        self._as_written, self._escaped = _Written(), _Written()

    def codes(self, data: Bytes, starts: Int64s, ends: Int64s, escaped: Flags | None = None) -> Int32s:
        """(k,) the code of each text of `data`, which is valid UTF-8 there; new ones are learnt.

        Args:
            data: (n,) a block.
            starts: (k,) where the texts begin in it, without quotes.
            ends: (k,) the places behind them.
            escaped: (k,) which of them have escapes; none if it is not given.
        """
        if escaped is None or not escaped.any():
            return self._coded(self._as_written, bytes.decode, data, starts, ends)
        found = np.empty(len(starts), np.int32)
        for rows, written, told in (
            (np.flatnonzero(~escaped), self._as_written, bytes.decode),
            (np.flatnonzero(escaped), self._escaped, self._unescaped),
        ):
            found[rows] = self._coded(written, told, data, starts[rows], ends[rows])
        return found

    def _coded(
        self, written: "_Written", told: Callable[[bytes], str], data: Bytes, starts: Int64s, ends: Int64s
    ) -> Int32s:
        known = written.known.count
        found = written.known.codes(data, starts, ends)
        if (count := written.known.count) > known:
            new = self.codes_of([told(written.known.text(index)) for index in range(known, count)])
            written.alike = written.alike and new == list(range(known, count))
            if count > len(written.codes):
                written.codes = np.resize(written.codes, 2 * count)
            written.codes[known:count] = new
        return found if written.alike else written.codes[found]


class _Written:
    """The texts that were met in one way of writing, and the code of each: two spellings may say the same."""

    def __init__(self) -> None:
        self.known = ByteCodes()
        self.codes = np.empty(0, np.int32)
        self.alike = True  # whether each code is that of its bytes
