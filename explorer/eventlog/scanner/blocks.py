"""What does a block of a log hold, as leaves: which value of which record stands where?"""

from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import words_of
from explorer.eventlog.scanner.block import PAD, Block
from explorer.eventlog.scanner.json_kernels import FULL, GOOD, LEAVES, scan_lines
from explorer.eventlog.scanner.paths import Paths

type Ints = npt.NDArray[Any]


class Scanned:
    """The records of one block. Places are those of `Block`: the first byte has the place `PAD`.

    Attributes:
        block: The bytes.
        words: The same as words, see `words_of`.
        paths: The paths, those of all blocks so far.
        known: How many of them there were before this block.
        count: How many records.
        starts, ends: (count,) where each begins and ends; of lines, the line end left out.
        nexts: (count,) where the next one begins.
        kinds: (count,) `GOOD`, `AT_FAULT` (the plain reader is to decide) or `EMPTY`.
        begins: (count + 1,) the first leaf of each; those of a record stand in the order of the text.
        leaf_rec, leaf_path, leaf_start, leaf_end, leaf_kind: (m,) record, path, place and kind of each leaf.
    """

    def __init__(
        self, block: Block, paths: Paths, known: int, columns: "tuple[Ints, ...]", count: int
    ) -> None:
        self.block = block
        self.words = words_of(block.bytes)
        self.paths = paths
        self.known = known
        self.count = count
        leaves, records = columns[:5], columns[5:]
        self.starts, self.ends, self.kinds = (each[:count] for each in records[:3])
        self.nexts = records[0][1 : count + 1]
        self.begins = records[3][: count + 1]
        most = int(self.begins[count])
        self.leaf_rec, self.leaf_path, self.leaf_start, self.leaf_end, self.leaf_kind = (
            each[:most] for each in leaves
        )

    @property
    def leaves(self) -> tuple[Ints, ...]:
        """Record, path, start, end and kind of each leaf, as kernels take them."""
        return self.leaf_rec, self.leaf_path, self.leaf_start, self.leaf_end, self.leaf_kind

    @property
    def firsts(self) -> Ints:
        """(new paths,) the records in which paths were met first."""
        return self.paths.firsts[self.known : len(self.paths)]

    @property
    def good(self) -> npt.NDArray[np.bool_]:
        """(count,) which records were scanned."""
        found: npt.NDArray[np.bool_] = self.kinds == GOOD
        return found

    def raw(self, leaf: int) -> bytes:
        """The bytes of a value, quotes included."""
        return self.block.text(int(self.leaf_start[leaf]), int(self.leaf_end[leaf]))


class LineScanner:
    """Scans the lines of a log block by block; what it has learnt, and its memory, is kept from one to the next."""

    def __init__(self) -> None:
        self.paths = Paths()
        self._room: tuple[Ints, ...] = ()

    def scan(self, block: Block) -> Scanned:
        """Scan whole lines; what was made of the block before is no more."""
        size = block.end - PAD
        leaves, records = size // 2 + 16, size + 16  # a leaf takes two bytes (`1,`), an empty line one
        if not self._room or len(self._room[0]) < leaves:
            # memory that is never touched is never taken
            taken: list[Ints] = [
                np.empty(leaves, kind) for kind in (np.int32, np.int32, np.int32, np.int32, np.uint8)
            ]
            taken += [np.empty(records, kind) for kind in (np.int32, np.int32, np.uint8, np.int32)]
            self._room = tuple(taken)
        room = self._room
        paths, words = self.paths, words_of(block.bytes)
        known, state = len(paths), paths.state
        state[LEAVES] = state[FULL] = 0
        record = 0
        while True:
            begin = PAD if not record else int(room[5][record])
            count = scan_lines(
                block.bytes, words, begin, block.end, record, paths.arrays, room[:5], room[5:], paths.firsts,
                paths.stack, state,
            )  # fmt: skip
            if count >= 0:
                return Scanned(block, paths, known, room, count)
            assert state[FULL] == 1  # there is room for as many records as there are bytes
            record = -1 - count
            paths.grow()
