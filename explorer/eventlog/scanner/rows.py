"""What does a block of a CSV log hold, as leaves: which cell of which row stands where?"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import words_of
from explorer.eventlog.scanner.block import PAD, Block
from explorer.eventlog.scanner.blocks import Scanned
from explorer.eventlog.scanner.csv_kernels import LEAF, LINE, PLACE, rows_end, scan_rows
from explorer.eventlog.scanner.paths import Paths

type Ints = npt.NDArray[Any]


class ScannedCells(Scanned):
    """The rows of one block, blank ones left out. The quotes around a cell are not among its bytes.

    Attributes:
        lines: (count,) how many lines of the file stand before each.
        end: The place behind the last whole row: the next block begins there.
        lines_before_end: How many lines of the file stand before that place.
    """

    lines: Ints
    end: int
    lines_before_end: int


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

    def scan(self, block: Block, line: int, *, last: bool) -> ScannedCells:
        """Scan the whole rows of a block; what was made of the block before is no more.

        Args:
            block: It begins with a row, before which there are `line` lines.
            line: How many that is.
            last: Whether the file ends with it. If not, and no row is whole, a longer block is needed.
        """
        size = block.end - PAD
        if not self._room or len(self._room[0]) < size // 2 + 16:
            # a cell takes two bytes (`1,`), and so does a row (`1` and its newline); the last one takes one
            kinds = "iiiiB" + "iiBi" + "i"  # of leaves, rows and lines
            self._room = tuple(np.empty(size // 2 + 16, kind) for kind in kinds)
        room, state = self._room, self._state
        known = len(self.paths)
        state[LEAF], state[LINE] = 0, line
        count = scan_rows(
            block.bytes, PAD, block.end, 0, last, self._delimiter, self._newline, self._named, self._first_name,
            self._columns, room[:5], room[5:9], room[9], self._found, state,
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
