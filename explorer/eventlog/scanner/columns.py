"""What do the records of a block say at one path: exact numbers, times, codes of values, and where there is none?"""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.scanner.blocks import Flags, Int64s, Scanned
from explorer.eventlog.scanner.column_kernels import columns_of_leaves, places_of_rows
from explorer.eventlog.scanner.number_kernels import numbers
from explorer.eventlog.scanner.time_kernels import instants, since_epoch
from explorer.eventlog.scanner.token_kernels import ESCAPED, INTEGER
from explorer.eventlog.scanner.value_codes import ValueCodes
from explorer.eventlog.timestamps import parse_time

type Ints = npt.NDArray[Any]

POSITION = -1  # in place of a path: the events' positions, which no leaf tells
_NOT_YET = -9


class ScannedColumn(msgspec.Struct, eq=False):
    """One path of a block: of which records it says something, and where.

    Attributes:
        path: Which.
        leaves: (k,) the leaves, which are in the order of their records.
        rows: (k,) their records, each at most once.
        spans: (k,) where each begins and ends, and of which kind it is.
        places: (records,) for each record its place in these columns, -1 where it has none; None if each has one.
    """

    path: int
    leaves: Ints
    rows: Ints
    spans: tuple[Ints, Ints, Ints]
    places: Ints | None

    @property
    def kinds(self) -> Ints:
        """(k,) what they are."""
        return self.spans[2]

    def of(self, rows: Ints) -> Ints:
        """(r,) the places of some records in the columns of this path; -1 for those that have nothing there."""
        return rows if self.places is None else self.places[rows]


class ScannedColumns:
    """The columns of one block. Each is made when it is asked for first, for all records that have the path.

    What cannot be answered exactly for a value is said not to be fine: its record is to be read by itself.

    Attributes:
        positions: (records,) the positions of events, if they are asked for.
    """

    positions: Int64s

    def __init__(self, scanned: Scanned) -> None:
        self.scanned = scanned
        self.count = scanned.count
        self._begins = np.zeros(len(scanned.paths) + 1, np.int64)
        count = len(scanned.leaf_path)
        self._side_by_side = scanned.paths.room(count)
        if columns_of_leaves(scanned.leaves, self._begins, self._side_by_side) != count:
            raise IndexError("a leaf has no path")
        self._columns: dict[int, ScannedColumn] = {}
        self._numbers: dict[int, tuple[Int64s, Int64s, Flags]] = {}
        self._times: dict[int, tuple[Int64s, Flags]] = {}
        self._codes: dict[tuple[int, int], Ints] = {}
        self._latest: dict[
            tuple[int, int], tuple[Ints, Ints]
        ] = {}  # rows that were asked for, and their codes

    def met(self) -> list[int]:
        """The paths that some record has."""
        found: list[int] = np.flatnonzero(np.diff(self._begins)).tolist()
        return found

    def leaves(self, path: int) -> Ints:
        """(k,) the leaves of a path, int64: by these NumPy fetches sooner."""
        found: Ints = self._side_by_side[0][self._begins[path] : self._begins[path + 1]].astype(np.int64)
        return found

    def column(self, path: int) -> ScannedColumn:
        """Which records say something at a path, and where."""
        found = self._columns.get(path)
        if found is None and path == POSITION:
            every = np.arange(self.count, dtype=np.int32)
            nowhere = np.zeros(self.count, np.int32)
            spans = nowhere, nowhere, np.full(self.count, INTEGER, np.uint8)
            found = self._columns[path] = ScannedColumn(path, every, every, spans, None)
        elif found is None:
            found = self._columns[path] = self._column(path)
        return found

    def _column(self, path: int) -> ScannedColumn:
        own = slice(self._begins[path], self._begins[path + 1])
        leaves, rows, *spans = (each[own] for each in self._side_by_side)
        places: Ints | None = None
        if len(rows) < self.count:
            places = np.empty(self.count, np.int64)
            if places_of_rows(rows, places) != len(rows):
                raise IndexError("a leaf is of no record")
        return ScannedColumn(path, leaves, rows, (spans[0], spans[1], spans[2]), places)

    def numbers(self, path: int) -> tuple[Int64s, Int64s, Flags]:
        """(k,) units and decimals of the numbers at a path, also of those that are the whole of a text; fine."""
        found = self._numbers.get(path)
        if found is None and path == POSITION:
            nothing = np.zeros(self.count, np.int64)
            found = self._numbers[path] = self.positions, nothing, np.ones(self.count, np.bool_)
        elif found is None:
            starts, ends, _ = self.column(path).spans
            found = self._numbers[path] = numbers(self.scanned.block.bytes, starts, ends)
        return found

    def times(self, path: int) -> tuple[Int64s, Flags]:
        """(k,) UTC nanoseconds since 1970 of the times at a path, texts or numbers; fine."""
        found = self._times.get(path)
        if found is None and path == POSITION:
            found = self._times[path] = self.positions, np.zeros(self.count, np.bool_)
        elif found is None:
            column, scanned = self.column(path), self.scanned
            starts, ends, kinds = column.spans
            texts = kinds < INTEGER
            at_ns, fine = instants(scanned.block.bytes, starts, ends)
            fine &= texts
            if not texts.all():
                units, decimals, good = self.numbers(path)
                since_ns, known = since_epoch(units, decimals)
                known &= good & (column.kinds == INTEGER)
                at_ns[known], fine[known] = since_ns[known], True
            read: dict[bytes, int | None] = {}
            for place in np.flatnonzero(texts & ~fine).tolist():
                raw = scanned.raw(column.leaves[place])
                if raw not in read:
                    read[raw] = parse_time(scanned.value(column.leaves[place]))
                if (known_ns := read[raw]) is not None:
                    at_ns[place], fine[place] = known_ns, True
            found = self._times[path] = at_ns, fine
        return found

    def same(self, column: ScannedColumn, texts: Sequence[str], places: Ints) -> tuple[Flags, Flags]:
        """(r,) whether a text at some places in a column is one of some texts, by its bytes; and where that is known.

        A whole number is none of them.
        """
        scanned = self.scanned
        starts, ends, kinds = (each[places] for each in column.spans)
        written = kinds < INTEGER
        inset = scanned.inset * written
        starts, ends = starts + inset, ends - inset
        found = np.zeros(len(starts), np.bool_)
        for text in texts:
            wanted = text.encode("utf-8", "surrogatepass")
            at = np.flatnonzero(written & (ends - starts == len(wanted)))
            for begin in range(0, len(wanted), 8):  # a word at a time
                part = wanted[begin : begin + 8]
                mask = np.uint64((1 << 8 * len(part)) - 1)
                word = np.uint64(int.from_bytes(part, "little"))
                at = at[scanned.words[starts[at] + begin] & mask == word]
            found[at] = True
        return found, (written & (kinds & ESCAPED == 0)) | (kinds == INTEGER)

    def codes(self, path: int, coder: ValueCodes, places: Ints | None = None) -> Ints:
        """(r,) the codes of the values at some places in the columns of a path, of all if none are given.

        Only those that are asked for are looked up.
        """
        column = self.column(path)
        if path == POSITION:
            chosen = self.positions if places is None else self.positions[places]
            return coder.written(list(map(str, chosen.tolist())))
        return coder.codes(self.scanned, column.spans, places)

    def codes_in(self, path: int, coder: ValueCodes, rows: Ints) -> Ints:
        """(r,) the codes of the values in some records; asked for the same array of them again, they are known."""
        before, found = self._latest.get((path, id(coder)), (None, rows))
        if before is not rows:
            found = self.codes(path, coder, self.column(path).of(rows))
            self._latest[path, id(coder)] = rows, found
        return found

    def known_codes(self, path: int, coder: ValueCodes, places: Ints) -> Ints:
        """(r,) the same, if the same values are asked for again and again: each is looked up once."""
        found = self._codes.get((path, id(coder)))
        if found is None:
            found = self._codes[path, id(coder)] = np.full(len(self.column(path).rows), _NOT_YET, np.int32)
        asked = found[places]
        missing = np.flatnonzero(asked == _NOT_YET)
        if len(missing):
            asked[missing] = found[places[missing]] = self.codes(path, coder, places[missing])
        return asked
