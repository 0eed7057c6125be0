"""What do the records of a block say at one path: exact numbers, times, codes of values, and where there is none?"""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from explorer.eventlog.scanner.blocks import Flags, Int64s, Scanned
from explorer.eventlog.scanner.leaf_kernels import rows_of_leaves, sort_by_path
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
        kinds: (k,) what they are.
        places: (records,) for each record its place in these columns, -1 where it has none; None if each has one.
    """

    path: int
    leaves: Ints
    rows: Ints
    kinds: Ints
    places: Ints | None

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
        self._order = np.empty(
            len(scanned.leaf_path), np.int64
        )  # NumPy fetches by these, sooner than by int32
        sort_by_path(scanned.leaf_path, self._begins, self._order)
        self._columns: dict[int, ScannedColumn] = {}
        self._numbers: dict[int, tuple[Int64s, Int64s, Flags]] = {}
        self._times: dict[int, tuple[Int64s, Flags]] = {}
        self._codes: dict[tuple[int, int], Ints] = {}

    def met(self) -> list[int]:
        """The paths that some record has."""
        found: list[int] = np.flatnonzero(np.diff(self._begins)).tolist()
        return found

    def leaves(self, path: int) -> Ints:
        """(k,) the leaves of a path."""
        return self._order[self._begins[path] : self._begins[path + 1]]

    def column(self, path: int) -> ScannedColumn:
        """Which records say something at a path, and where."""
        found = self._columns.get(path)
        if found is None and path == POSITION:
            every = np.arange(self.count, dtype=np.int32)
            kinds = np.full(self.count, INTEGER, np.uint8)
            found = self._columns[path] = ScannedColumn(path, every, every, kinds, None)
        elif found is None:
            found = self._columns[path] = self._column(path, self.leaves(path))
        return found

    def _column(self, path: int, leaves: Ints) -> ScannedColumn:
        scanned, count = self.scanned, len(leaves)
        rows, kinds = np.empty(count, np.int64), np.empty(count, np.uint8)
        places = np.empty(self.count if count < self.count else 0, np.int64)
        if rows_of_leaves(leaves, scanned.leaf_rec, scanned.leaf_kind, rows, kinds, places) != count:
            raise IndexError("a leaf is of no record")
        return ScannedColumn(path, leaves, rows, kinds, places if count < self.count else None)

    def numbers(self, path: int) -> tuple[Int64s, Int64s, Flags]:
        """(k,) units and decimals of the numbers at a path, also of those that are the whole of a text; fine."""
        found = self._numbers.get(path)
        if found is None and path == POSITION:
            nothing = np.zeros(self.count, np.int64)
            found = self._numbers[path] = self.positions, nothing, np.ones(self.count, np.bool_)
        elif found is None:
            leaves = self.column(path).leaves
            scanned = self.scanned
            found = numbers(scanned.block.bytes, scanned.leaf_start[leaves], scanned.leaf_end[leaves])
            self._numbers[path] = found
        return found

    def times(self, path: int) -> tuple[Int64s, Flags]:
        """(k,) UTC nanoseconds since 1970 of the times at a path, texts or numbers; fine."""
        found = self._times.get(path)
        if found is None and path == POSITION:
            found = self._times[path] = self.positions, np.zeros(self.count, np.bool_)
        elif found is None:
            column, scanned = self.column(path), self.scanned
            texts = column.kinds < INTEGER
            at_ns, fine = instants(
                scanned.block.bytes, scanned.leaf_start[column.leaves], scanned.leaf_end[column.leaves]
            )
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
        scanned, kinds, leaves = self.scanned, column.kinds[places], column.leaves[places]
        written = kinds < INTEGER
        inset = scanned.inset * written
        starts, ends = scanned.leaf_start[leaves] + inset, scanned.leaf_end[leaves] - inset
        found = np.zeros(len(leaves), np.bool_)
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

        Only those that are asked for are looked up, each once.
        """
        column = self.column(path)
        found = self._codes.get((path, id(coder)))
        if found is None:
            if places is None:
                found = self._codes[path, id(coder)] = self._coded(column, coder, slice(None))
                return found
            found = self._codes[path, id(coder)] = np.full(len(column.leaves), _NOT_YET, np.int32)
        asked = found if places is None else found[places]
        missing = np.flatnonzero(asked == _NOT_YET)
        if not len(missing):
            return asked
        if len(missing) == len(asked) and places is not None:  # as mostly
            asked = found[places] = self._coded(column, coder, places)
            return asked
        where = missing if places is None else places[missing]
        asked[missing] = found[where] = self._coded(column, coder, where)
        return asked

    def _coded(self, column: ScannedColumn, coder: ValueCodes, where: Any) -> Ints:  # noqa: ANN401 - places
        if column.path == POSITION:
            return coder.written(list(map(str, self.positions[where].tolist())))
        return coder.codes(self.scanned, column.leaves[where])
