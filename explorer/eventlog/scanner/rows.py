"""What does a block of a CSV log hold, as leaves: which cell of which row stands where?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import words_of
from explorer.eventlog.csv_cells import kind_of
from explorer.eventlog.csv_rows import RowReader, rows
from explorer.eventlog.event import Batch
from explorer.eventlog.memory import empty_column
from explorer.eventlog.record import RecordPlace
from explorer.eventlog.scanner.blocks import PAD, Block, Scanned
from explorer.eventlog.scanner.csv_kernels import LEAF, LINE, PLACE, rows_end, scan_rows
from explorer.eventlog.scanner.json_kernels import AT_FAULT
from explorer.eventlog.scanner.paths import Paths
from explorer.eventlog.scanner.shares import Share
from explorer.eventlog.scanner.token_kernels import ESCAPED
from explorer.eventlog.scanner.transcoding import Transcoding

type Ints = npt.NDArray[Any]

BLOCK_UNITS = 2 << 20


class ScannedCells(Scanned):
    """The rows of one block, blank ones left out. The quotes around a cell are not among its bytes.

    Attributes:
        lines: (count,) how many lines of the file stand before each, until it has its place.
        reader: Who reads rows that are not as they mostly are.
        number: How many rows stand before.
        met: (new columns,) see `firsts`.
        as_scanned: (count,) the kinds, but rows in which a cell has quotes are good too.
        end: The place behind the last whole row: the next block begins there.
        lines_before_end: How many lines of the file stand before that place.
    """

    inset = 0
    end: int
    lines_before_end: int
    reader: RowReader
    number: int
    met: Ints
    as_scanned: Ints

    @property
    def firsts(self) -> Ints:
        """(new columns,) the rows in which columns were met first."""
        return self.met

    def value(self, leaf: int) -> str:
        """What a cell says."""
        return self.raw(leaf).decode()

    def records(self, first: int, end: int) -> Iterator[dict[str, str]]:
        """What rows say from one to another, all of which are `GOOD`."""
        names = [str(self.paths[path][-1]) if path else "" for path in range(len(self.paths))]
        content, begins = memoryview(self.block.bytes), self.begins[first : end + 1].tolist()
        some = slice(begins[0], begins[-1])
        cells = [
            (names[path], str(content[start:stop], "utf-8"))
            for path, start, stop in zip(
                self.leaf_path[some].tolist(), self.leaf_start[some].tolist(), self.leaf_end[some].tolist(),
                strict=True,
            )
        ]  # fmt: skip
        for begin, stop in pairwise(begins):
            yield dict(cells[begin - begins[0] : stop - begins[0]])

    def read(self, batch: Batch, record: int, position: int) -> None:
        """Read a row plainly into a batch, before which stand so many events."""
        text = self.reader.text
        unit = (int(self.offsets[record]) - text.base) // text.width
        skeleton = text.read(unit, int(self.lengths[record]) // text.width)
        place = RecordPlace(unit, skeleton, int(self.lines[record]))
        self.reader.take(batch, place, self.number + record, position)


class RowScanner:
    """Scans the rows of a log block by block; its memory is kept from one to the next.

    Args:
        delimiter: What stands between cells.
        newline: What ends a line.
        names: The names of the columns; each is a path of one key.
        first_name: What the first cell of the row of names says, if there is such a row: it may come again.
    """

    def __init__(self, delimiter: str, newline: bytes, names: Sequence[str], first_name: str | None) -> None:
        self.paths = Paths()
        self._delimiter, self._newline = ord(delimiter), newline[0]
        self._columns = np.array([self.paths.column(name) for name in names], np.int32)
        self._named = first_name is not None
        self._first_name = np.frombuffer(bytearray((first_name or "").strip().encode()), np.uint8)
        self._room: tuple[Ints, ...] = ()
        self._state, self._found = np.zeros(3, np.int64), np.zeros(8, np.int64)

    def column(self, index: int) -> int:
        """The path of a column."""
        return int(self._columns[index])

    def scan(self, block: Block, line: int, *, last: bool) -> ScannedCells:
        """Scan the whole rows of a block; what was made of the block before is no more.

        Args:
            block: It begins with a row, before which there are `line` lines.
            line: How many that is.
            last: Whether the file ends with it. If not, and no row is whole, a longer block is needed.
        """
        size = block.end - PAD
        most = size // 2 + 16
        if not self._room or len(self._room[0]) < most:
            # a cell takes two bytes (`1,`), and so does a row (`1` and its newline); the last one takes one
            kinds = "iiiiB" + "iiBi" + "i"  # of leaves, rows and lines
            self._room = tuple(empty_column(most + most // 8, kind, filled=False) for kind in kinds)
        room, state = self._room, self._state
        known = len(self.paths)
        state[LEAF], state[LINE] = 0, line
        count = scan_rows(
            block.bytes, words_of(block.bytes), PAD, block.end, 0, last, self._delimiter, self._newline,
            self._named, self._first_name, self._columns, room[:5], room[5:9], room[9], self._found, state,
        )  # fmt: skip
        assert count >= 0  # there is room for as many as there may be
        scanned = ScannedCells(block, self.paths, known, room[:9], count)
        scanned.lines = room[9][:count]
        scanned.end, scanned.lines_before_end = int(state[PLACE]), int(state[LINE])
        return scanned

    def cut(self, block: Block, line: int) -> tuple[int, int]:
        """Where a block may be cut so that somebody else can scan what is behind.

        Args:
            block: It begins with a row, before which there are `line` lines; the file goes on behind it.
            line: How many that is.

        Returns:
            The place behind its last whole row (`PAD` if none is whole), and how many lines stand before that place.
        """
        state = self._state
        state[LINE] = line
        none = tuple(np.empty(0, kind) for kind in "iiiiB")
        place = rows_end(
            block.bytes, words_of(block.bytes), PAD, block.end, self._delimiter, self._newline, none[0], none,
            self._found, state,
        )  # fmt: skip
        return place, int(state[LINE])


class RowScan:
    """Scans the rows of one log whole, or in shares.

    Attributes:
        met: Whether what was read last ends where the next share begins: it always does.
    """

    met = True

    def __init__(self, reader: RowReader, newline: bytes, block_units: int = BLOCK_UNITS) -> None:
        """Read plainly what stands before the rows that are all alike.

        Args:
            reader: What reads rows plainly.
            newline: What ends a line.
            block_units: How much is looked at together.
        """
        text, layout = reader.text, reader.layout
        self._reader, self._text, self._newline = reader, text, newline
        self._block_units = block_units
        self._begun, self._number, position = Batch(), 0, 0
        self._unit, self._line = text.units, 1  # where the others begin
        plainly = layout.begin + bool(layout.note)  # rows
        for place in rows(text, newline, layout.delimiter, layout.begin):
            if self._number == plainly:
                self._unit, self._line = place.unit, place.line
                break
            position = reader.take(self._begun, place, self._number, position)
            self._number += 1
        self._begun.done_bytes = text.byte(self._unit)
        first_name = (reader.header[0] or "") if layout.header and reader.header else None
        self._scanner = RowScanner(layout.delimiter, newline, layout.names, first_name)
        self._missing = np.ones(len(self._scanner.paths), np.bool_)  # columns in which nothing stood so far
        self._missing[0] = False
        self._transcoding, self._block = Transcoding(text), Block()

    def of_events(self) -> RowScanner:
        """What scans rows that are known to be events: the names of the columns are not looked for among them."""
        layout = self._reader.layout
        return RowScanner(layout.delimiter, self._newline, layout.names, None)

    def whole(self) -> Iterator[ScannedCells | Batch]:
        """All of the log."""
        return self.read(Share(self._unit, None, self._line, first=True))

    def shares(self, units: Iterator[int]) -> Iterator[Share]:
        """All of the log, in shares of about as many units as are told for each."""
        unit, line, is_first = self._unit, self._line, True
        size = next(units)
        while unit + size < self._text.units:
            self._transcoding.fill(self._block, unit, size)
            place, lines = self._scanner.cut(self._block, line - 1)
            if place == PAD:
                size *= 2  # no row is whole
                continue
            end = unit + self._units(place)
            yield Share(unit, end, line, first=is_first)
            unit, line, is_first, size = end, lines + 1, False, next(units)
        yield Share(unit, None, line, first=is_first)

    def read(self, share: Share) -> Iterator[ScannedCells | Batch]:
        """What is in a share; positions count from its beginning."""
        text, block, transcoding = self._text, self._block, self._transcoding
        if share.first:
            yield self._begun
        unit, lines, size = share.unit, share.line - 1, self._block_units
        end = text.units if share.end is None else share.end
        while unit < end:
            count = min(size, end - unit)
            transcoding.fill(block, unit, count)
            last = unit + count >= text.units
            scanned = self._scanner.scan(block, lines, last=last)
            if scanned.end == PAD and not last:
                size *= 2  # no row is whole
                continue
            starts, ends = (
                text.byte(unit) + text.width * transcoding.units(block, each)
                for each in (scanned.starts, scanned.ends)
            )
            scanned.take_place(starts, ends, scanned.lines.astype(np.int64) + 1)
            scanned.reader, scanned.number = self._reader, self._number
            # quotes in a cell mean one or two, as the cell is written: such rows are read plainly
            scanned.as_scanned = scanned.kinds.copy()
            scanned.kinds[scanned.leaf_rec[scanned.leaf_kind & ESCAPED != 0]] = AT_FAULT
            self._doubt(scanned)
            scanned.met = scanned.leaf_rec[:0]
            if self._missing.any():
                new = np.flatnonzero(self._missing[scanned.leaf_path])
                paths, firsts = np.unique(scanned.leaf_path[new], return_index=True)
                scanned.met = scanned.leaf_rec[new[firsts]]
                self._missing[paths] = False
            lines, place = scanned.lines_before_end, scanned.end
            yield scanned
            unit += self._units(place)
            size = self._block_units

    def _doubt(self, scanned: ScannedCells) -> None:
        """Leave rows without a day to the plain reader, if the table has others than its own between or below them."""
        layout = self._reader.layout
        if not layout.asides or layout.table is None:
            return
        certain = np.zeros(scanned.count, np.bool_)
        dated = np.flatnonzero(scanned.leaf_path == self._scanner.column(layout.table.dated))
        sure: dict[bytes, bool] = {}
        for leaf in dated.tolist():
            text = scanned.raw(leaf)
            if text not in sure:
                sure[text] = kind_of(text.decode(errors="replace")) == "date"
            certain[scanned.leaf_rec[leaf]] = sure[text]
        scanned.kinds[~certain] = scanned.as_scanned[~certain] = AT_FAULT

    def rest(self) -> Iterator[ScannedCells | Batch]:
        """Nothing: shares of rows always meet."""
        return iter(())

    def _units(self, place: int) -> int:
        """How many units of the text stand before a place of the block."""
        return int(self._transcoding.units(self._block, np.array([place]))[0])
