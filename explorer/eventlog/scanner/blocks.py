"""Which bytes of a log are looked at together, and what do they hold: which value of which record stands where?"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.compiled import words_of
from explorer.eventlog.event import Batch
from explorer.eventlog.json_text import decode
from explorer.eventlog.memory import empty_column
from explorer.eventlog.scanner.json_kernels import FULL, GOOD, LEAVES, scan_lines
from explorer.eventlog.scanner.paths import Paths

type Bytes = npt.NDArray[np.uint8]
type Int64s = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]

PAD = 8_192  # spare bytes before and after a block, so that a word may be read at any place near it


class Block:
    """Some bytes of a log that can be read as words at any place. The first byte has the place `PAD`.

    Attributes:
        bytes: (at least end + PAD,) uint8, by place; zeros before the first byte and from `end` on.
        end: The place behind the last byte.
    """

    def __init__(self, raw: bytes = b"") -> None:
        self._room: Bytes = np.zeros(0, np.uint8)
        self.fill(raw)

    def fill(self, raw: bytes) -> None:
        """Hold other bytes."""

        def copied(room: memoryview) -> int:
            room[:] = raw
            return len(raw)

        self.read(len(raw), copied)

    def read(self, count: int, into: Callable[[memoryview], int]) -> int:
        """Hold other bytes, in the same memory if there is enough: new memory takes longer than the bytes.

        Args:
            count: At most so many.
            into: Puts them into some room, and tells how many they are; so does this.
        """
        size_bytes = -(-count // 8) * 8 + 2 * PAD
        if size_bytes > len(self._room):
            # with some more: another stretch may be a line longer
            self._room = empty_column(size_bytes + size_bytes // 64 * 8, np.uint8, filled=False)
            self._room[:PAD] = 0
        self.bytes = self._room[:size_bytes]
        found = into(memoryview(self._room)[PAD : PAD + count])
        self.end = PAD + found
        self.bytes[self.end :] = 0
        return found

    def room(self, size: int) -> Bytes:
        """Room for so many bytes, which are to be written there; then comes `close`."""
        size_bytes = -(-size // 8) * 8 + 2 * PAD
        if size_bytes > len(self._room):
            self._room = empty_column(size_bytes + size_bytes // 4, np.uint8, filled=False)
            self._room[:PAD] = 0
            self._room = self._room[: len(self._room) // 8 * 8]
        self.bytes = self._room
        return self._room[PAD : len(self._room) - PAD]

    def close(self, size: int) -> None:
        """Hold the first bytes of what was written."""
        self.end = PAD + size
        self.bytes = self._room[: -(-size // 8) * 8 + 2 * PAD]
        self.bytes[self.end :] = 0

    def text(self, start: int, end: int) -> bytes:
        """The bytes from one place to another."""
        return self.bytes[start:end].tobytes()


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
        offsets, lengths, lines: (count,) whole numbers: where each begins in the log, how many bytes it has there, and
            the 1-based line on which it begins, counted as whoever scans it does.
        leaf_rec, leaf_path, leaf_start, leaf_end, leaf_kind: (m,) record, path, place and kind of each leaf.
        inset: How far inside of its place a text begins: behind its quote.
    """

    inset = 1
    offsets: Ints
    lengths: Ints
    lines: Ints

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

    def take_place(self, offsets: Ints, ends: Ints, lines: Ints) -> None:
        """Say where in the log the records stand: (count,) their bytes, and the 1-based lines on which they begin."""
        self.offsets, self.lengths, self.lines = offsets, ends - offsets, lines

    @property
    def are_records(self) -> bool:
        """Whether the bytes of a record are the record, and nothing more, such as a key."""
        return True

    @property
    def leaves(self) -> tuple[Ints, ...]:
        """Record, path, start, end and kind of each leaf, as kernels take them."""
        return self.leaf_rec, self.leaf_path, self.leaf_start, self.leaf_end, self.leaf_kind

    @property
    def end_byte(self) -> int:
        """Where in the log the last record ends."""
        return int(self.offsets[-1] + self.lengths[-1]) if self.count else 0

    def value(self, leaf: int) -> Any:  # noqa: ANN401 - JSON
        """What a leaf says."""
        return decode(self.raw(leaf))

    def records(self, first: int, end: int) -> Iterator[Any]:
        """What records say from one to another, all of which are `GOOD`."""
        for start, stop in zip(self.starts[first:end].tolist(), self.ends[first:end].tolist(), strict=True):
            yield decode(self.block.text(start, stop))

    def column_of(self, record: int) -> int:  # noqa: ARG002 - lines and rows begin with one
        """The 1-based column of a record; of those that are asked for, one after the other."""
        return 1

    def read(self, batch: Batch, record: int, position: int) -> None:
        """Read a record plainly into a batch, before which stand so many events."""
        raise NotImplementedError

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

    def scan(self, block: Block, base: int = 0) -> Scanned:
        """Scan whole lines, which begin at the byte `base` of the log; what was made of the block before is no more."""
        size = block.end - PAD
        leaves, records = size // 2 + 16, size + 16  # a leaf takes two bytes (`1,`), an empty line one
        if not self._room or len(self._room[0]) < leaves:
            leaves, records = leaves + leaves // 8, records + records // 8  # (same)
            # memory that is never touched is never taken
            taken: list[Ints] = [
                empty_column(leaves, kind, filled=False)
                for kind in (np.int32, np.int32, np.int32, np.int32, np.uint8)
            ]
            taken += [
                empty_column(records, kind, filled=False) for kind in (np.int32, np.int32, np.uint8, np.int32)
            ]
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
                scanned = Scanned(block, paths, known, room, count)
                scanned.offsets = np.add(scanned.starts, base - PAD, dtype=np.int64)
                scanned.lengths = scanned.ends - scanned.starts
                scanned.lines = np.arange(1, count + 1)
                return scanned
            assert state[FULL] == 1  # there is room for as many records as there are bytes
            record = -1 - count
            paths.grow()
