"""How are very many texts kept, and put side by side, without a Python object for each?"""

from collections.abc import Sequence
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from explorer.eventlog.memory import empty_column

type Ints = npt.NDArray[Any]
type Bytes = npt.NDArray[np.uint8]

_NEWLINE = 10
_AT_ONCE = 65_536  # texts that are made together


def encoded(text: str) -> bytes:
    """UTF-8, of what no UTF-8 can hold (lone surrogates), too."""
    return text.encode("utf-8", "surrogatepass")


class TextColumn(Sequence[str]):
    """Texts, of each of which it is known where its bytes stand.

    Attributes:
        data: (n,) uint8, UTF-8 in which lone surrogates may stand.
        starts, ends: (k,) int64, where in it each text begins and ends.
    """

    def __init__(self, data: Bytes, starts: Ints, ends: Ints) -> None:
        self.data, self.starts, self.ends = data, starts, ends

    @classmethod
    def of(cls, texts: Sequence[str]) -> "TextColumn":
        """Some texts."""
        if isinstance(texts, TextColumn):
            return texts
        together = "".join(texts)
        if together.isascii():
            raw, sizes = together.encode(), list(map(len, texts))
        else:
            each = list(map(encoded, texts))
            raw, sizes = b"".join(each), list(map(len, each))
        ends = np.cumsum(np.array(sizes, np.int64))
        return cls(np.frombuffer(raw, np.uint8), ends - np.array(sizes, np.int64), ends)

    def __len__(self) -> int:
        return len(self.ends)

    @classmethod
    def same(cls, text: str, count: int) -> "TextColumn":
        """One text so many times."""
        raw = encoded(text)
        return cls(np.frombuffer(raw, np.uint8), np.zeros(count, np.int64), np.full(count, len(raw)))

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> "TextColumn": ...
    def __getitem__(self, at: int | slice) -> "str | TextColumn":
        if isinstance(at, slice):
            return TextColumn(self.data, self.starts[at], self.ends[at])
        return _text(self.data[self.starts[at] : self.ends[at]].tobytes())

    def __iter__(self) -> Any:  # noqa: ANN401 - an iterator of texts
        for first in range(0, len(self), _AT_ONCE):
            yield from self._made(slice(first, first + _AT_ONCE))

    @property
    def whole(self) -> str:
        """All of them as one text, where they stand one behind the other."""
        return _text(self.data.tobytes())

    def chosen(self, which: Ints) -> "TextColumn":
        """(w,) those of some places."""
        return TextColumn(self.data, self.starts[which], self.ends[which])

    def spaced(self) -> tuple[Bytes, Ints]:
        """The same bytes with a newline behind each text, and (k + 1,) where each begins there."""
        if len(self) and self._is_spaced():
            return self.data, np.append(self.starts, len(self.data))
        found = glued(len(self), [self, b"\n"])
        return found.data, np.append(found.starts, len(found.data))

    def _is_spaced(self) -> bool:
        """Whether they stand so already."""
        whole = self.starts[0] == 0 and int(self.ends[-1]) + 1 == len(self.data)
        return bool(
            whole
            and (self.starts[1:] == self.ends[:-1] + 1).all()
            and (self.data[self.ends] == _NEWLINE).all()
        )

    @classmethod
    def of_spaced(cls, data: Bytes, at: Ints) -> "TextColumn":
        """The inverse of `spaced`."""
        return cls(data, at[:-1], at[1:] - 1)

    def have(self, marks: bytes) -> bool:
        """Whether one of these bytes stands in any text."""
        from explorer.eventlog.text_kernels import marked

        table = np.zeros(256, np.uint8)
        table[list(marks)] = 1
        return bool(len(self) and marked(*map(_whole, (self.data, self.starts, self.ends)), table) != 0)

    def begin_with(self, mark: int) -> bool:
        """Whether one of the texts begins with a byte."""
        some = np.flatnonzero(self.ends > self.starts)
        return bool((self.data[self.starts[some]] == mark).any())

    def that_begin_with(self, marks: bytes) -> Ints:
        """The places of the texts that begin with some bytes."""
        found = np.flatnonzero(self.ends - self.starts >= len(marks))
        for step, mark in enumerate(marks):
            found = found[self.data[self.starts[found] + step] == mark]
        return found

    def patched(self, places: Ints, texts: "TextColumn") -> "TextColumn":
        """The same with other texts at some places."""
        starts, ends, size = self.starts.copy(), self.ends.copy(), len(self.data)
        starts[places], ends[places] = texts.starts + size, texts.ends + size
        return TextColumn(np.concatenate([self.data, texts.data]), starts, ends)

    def _made(self, own: slice) -> list[str]:
        starts, ends = self.starts[own], self.ends[own]
        first = int(starts.min())
        raw = self.data[first : int(ends.max())].tobytes()
        if bool(
            (starts[1:] == ends[:-1] + 1).all()
        ):  # one byte between them: mostly a newline that no text has
            texts = _text(raw).split("\n")
            if len(texts) == len(starts):
                return texts
        if raw.isascii():
            whole = raw.decode()
            return [
                whole[a:b] for a, b in zip((starts - first).tolist(), (ends - first).tolist(), strict=True)
            ]
        return [
            _text(raw[a:b]) for a, b in zip((starts - first).tolist(), (ends - first).tolist(), strict=True)
        ]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogatepass")


def side_by_side(parts: "Sequence[str | Sequence[str]]") -> str:
    """Rows of texts, one row behind the other; what is one text stands in every row."""
    columns = [part for part in parts if not isinstance(part, str)]
    if any(isinstance(each, TextColumn) for each in columns):
        told = [encoded(part) if isinstance(part, str) else TextColumn.of(part) for part in parts]
        return glued(len(columns[0]), told).whole
    row = "".join([part.replace("%", "%%") if isinstance(part, str) else "%s" for part in parts])
    return "".join([row % each for each in zip(*columns, strict=True)])


def glued(count: int, parts: Sequence["bytes | TextColumn"]) -> TextColumn:
    """(count,) texts side by side.

    Args:
        count: How many rows.
        parts: Columns of so many texts, and what is the same in every row.
    """
    from explorer.eventlog.text_kernels import copy_same, copy_texts

    sizes = np.zeros(count, np.int64)
    for part in parts:
        sizes += len(part) if isinstance(part, bytes) else part.ends - part.starts
    ends = np.cumsum(sizes)
    starts = ends - sizes
    data = np.empty(int(ends[-1]) if count else 0, np.uint8)
    at = starts.copy()
    for part in parts:
        if isinstance(part, bytes):
            done = copy_same(np.frombuffer(bytearray(part), np.uint8), at, data) if part else count
        else:
            done = copy_texts(*map(_whole, (part.data, part.starts, part.ends)), at, data)
        if done != count:
            raise IndexError("a text has no place")
    return TextColumn(data, starts, ends)


def spaced_together(kept: Bytes, at: Ints, codes: Ints) -> tuple[Bytes, Ints]:
    """Some of many spaced texts, spaced again, see `TextColumn.spaced`.

    Args:
        kept: All texts, a newline behind each.
        at: (n + 1,) int64, where each begins; the last is where all end.
        codes: (k,) int32, which of them.
    """
    from explorer.eventlog.text_kernels import copy_spaced, spaced_places

    places = empty_column(len(codes) + 1, np.int64)
    size = spaced_places(at, codes, places)
    found = empty_column(max(size, 0), np.uint8)
    if size < 0 or copy_spaced(kept, at, codes, places, found) != len(codes):
        raise IndexError("a text has no place")
    return found, places


def _whole(column: Ints) -> Ints:
    """As kernels take it: one that is mapped from a file cannot be written to."""
    return np.require(column, requirements=["C", "W"])


def numbers(units: Ints, decimals: Ints, scale: int) -> TextColumn:
    """(k,) numbers in plain notation, as `exact.plain` writes them.

    Args:
        units: (k,) int64, each times `10**scale`.
        decimals: (k,) with how many decimals each is written; at most `scale`.
        scale: Decimals of `units`; at most 18.
    """
    from explorer.eventlog.text_kernels import LONGEST_NUMBER, write_numbers

    data, ends = np.empty(len(units) * (LONGEST_NUMBER + scale), np.uint8), np.empty(len(units), np.int64)
    tens = np.array([10**step for step in range(scale + 1)], np.int64)
    written = np.ascontiguousarray(units, np.int64), np.ascontiguousarray(decimals, np.uint8)
    size = write_numbers(*written, scale, tens, data, ends)
    if size < 0:
        raise IndexError("a number has more decimals than digits")
    starts = np.zeros(len(ends), np.int64)
    starts[1:] = ends[:-1]
    return TextColumn(data[:size], starts, ends)
