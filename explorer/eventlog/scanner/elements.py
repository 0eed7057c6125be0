"""What does a block of a JSON array or map, or of JSON objects one after another, hold, as leaves?"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.cursor import Cursor
from explorer.eventlog.event import Batch
from explorer.eventlog.json_array import ARRAY, EVENTS_IN_BATCH, MAP, SEQUENCE, Elements
from explorer.eventlog.memory import empty_column
from explorer.eventlog.record import RecordPlace, add_record, line_and_column
from explorer.eventlog.scanner.blocks import PAD, Block, Scanned
from explorer.eventlog.scanner.element_kernels import (
    AFTER,
    COLUMN,
    COUNTED,
    IN_ARRAY,
    IN_MAP,
    IN_SEQUENCE,
    LINE,
    PLACE,
    WIDE,
    scan_elements,
)
from explorer.eventlog.scanner.json_kernels import FULL, LEAVES
from explorer.eventlog.scanner.paths import Paths
from explorer.eventlog.scanner.shares import Share
from explorer.eventlog.scanner.transcoding import Transcoding
from explorer.eventlog.text import Text

type Ints = npt.NDArray[Any]

BLOCK_UNITS = 2 << 20
KEY = "\0"  # the path of the keys of a map: no key that is scanned can be this, since it would need an escape
_CONTAINERS = {ARRAY: IN_ARRAY, MAP: IN_MAP, SEQUENCE: IN_SEQUENCE}
_MOST_STEPS = 64  # read plainly before the next try
_MOST_BEFORE = 1_000  # elements that are no events, before one that shows what they are like


class ScannedElements(Scanned):
    """The elements of one block up to the first that is not as it mostly is; all of them are `GOOD`.

    Attributes:
        unit: Where in the text the block begins: its place `PAD`.
        transcoding: How it was made of the text.
        at, first_line, first_column: The place from which on it was scanned, and its 1-based line and column.
        end: The place behind the last one.
        line, column: The 1-based ones of that place.
    """

    unit = 0
    transcoding: Transcoding
    at: int
    first_line: int
    first_column: int
    end: int
    line: int
    column: int

    elements: Elements

    def read(self, batch: Batch, record: int, position: int) -> None:
        """Read an element plainly into a batch, before which stand so many events."""
        text, in_map = self.elements.text, self.elements.kind == MAP
        byte = int(self.offsets[record])
        unit = (byte - text.base) // text.width
        skeleton = text.read(unit, int(self.lengths[record]) // text.width)
        place = RecordPlace(unit, skeleton, int(self.lines[record]), self.column_of(record), in_map=in_map)
        add_record(batch, text, self.elements.make, place, position)

    @property
    def are_records(self) -> bool:
        """In a map their keys belong to them."""
        return self.elements.kind != MAP

    def column_of(self, record: int) -> int:
        """The 1-based column of an element; of those that are asked for, one after the other."""
        start = int(self.starts[record])
        before = self.block.text(self.at, start).decode("utf-8", "surrogatepass")
        line, column = line_and_column(before, self.first_line, self.first_column)
        if self.transcoding.wide:
            last = before.rpartition("\n")[2]
            column += sum(character > "\uffff" for character in last)
        self.at, self.first_line, self.first_column = start, line, column
        return column

    def units(self, places: Ints) -> Ints:
        """(k,) where in the text some places of the block are, in ascending order."""
        return self.unit + self.transcoding.units(self.block, places)


class ElementScanner:
    """Scans the elements of a log block by block; what it has learnt, and its memory, is kept from one to the next.

    Args:
        kind: What they stand in: `ARRAY`, `MAP` or `SEQUENCE`.
        wide: Whether the log is in UTF-16, where some characters are two columns.
    """

    def __init__(self, kind: str, *, wide: bool = False) -> None:
        self.paths = Paths()
        self._container = _CONTAINERS[kind]
        self._key_path = self.paths.column(KEY) if kind == MAP else 0
        self._room: tuple[Ints, ...] = ()
        self._place = np.zeros(6, np.int64)
        self._place[WIDE] = wide

    def scan(self, block: Block, at: int, line: int, column: int, *, after: bool) -> ScannedElements:
        """Scan what can be scanned; what was made of the block before is no more.

        Args:
            block: Some bytes of the log.
            at: The place in it at which an element begins, or white space or a comma before it.
            line: The 1-based line of that place.
            column: Its 1-based column, in characters.
            after: Whether another element of the container stands before it.
        """
        size = block.end - PAD
        most = size // 2 + 16
        if not self._room or len(self._room[0]) < most:
            # a leaf takes two bytes (`1,`), and so does an element
            kinds = "iiiiB" + "iiBi" + "q"  # of leaves, records and lines
            self._room = tuple(empty_column(most + most // 8, kind, filled=False) for kind in kinds)
        room, paths, place = self._room, self.paths, self._place
        known, state = len(paths), paths.state
        state[LEAVES] = state[FULL] = 0
        place[PLACE] = place[COUNTED] = at
        place[AFTER], place[LINE], place[COLUMN] = after, line, column
        record = 0
        while True:
            words = np.ndarray(len(block.bytes) - 7, np.uint64, block.bytes, strides=(1,))
            count = scan_elements(
                block.bytes, words, block.end, record, self._container, self._key_path, paths.arrays, room[:5],
                room[5:9], room[9], paths.firsts, paths.stack, state, place,
            )  # fmt: skip
            if count >= 0:
                break
            assert state[FULL] == 1  # there is room for as many records as there may be
            record = -1 - count
            paths.grow()
        scanned = ScannedElements(block, paths, known, room[:9], count)
        scanned.at, scanned.first_line, scanned.first_column = at, line, column
        scanned.lines = room[9][:count]
        scanned.end, scanned.line, scanned.column = int(place[PLACE]), int(place[LINE]), int(place[COLUMN])
        return scanned


def scanned_elements(
    elements: Elements, scanner: ElementScanner, block_units: int = BLOCK_UNITS, until: int | None = None
) -> Iterator[ScannedElements | Batch]:
    """What `elements.batches()` gives, in the same order: scanned where it can be, else read plainly.

    Args:
        elements: Its position counts the events of both.
        scanner: For the same kind of container.
        block_units: How much is looked at together.
        until: Where another reader begins (see `Elements.from_border`). If `elements` does not meet it in the end,
            that was no border: what the other has read does not count, and this one has to go on.
    """
    text, cursor = elements.text, elements.cursor
    limit = text.units if until is None else until
    ahead = _Ahead(text, block_units, limit)
    steps = 1
    while not _is_over(elements, until):
        if not elements.knows_elements:
            elements.step()
            continue
        at = ahead.place(cursor.unit)
        scanned = scanner.scan(ahead.block, at, cursor.line, cursor.column, after=elements.after_value)
        if scanned.count:
            if (batch := elements.take()).events or batch.unread:
                yield batch
            elements.position += scanned.count
            elements.after_value, elements.wants_value = True, False
            scanned.unit, scanned.transcoding, scanned.elements = ahead.unit, ahead.transcoding, elements
            starts, ends = scanned.units(scanned.starts), scanned.units(scanned.ends)
            scanned.take_place(text.base + text.width * starts, text.base + text.width * ends, scanned.lines)
            cursor.jump(ahead.passed(scanned), scanned.line, scanned.column)
            yield scanned
            steps = 1
        if ahead.may_be_cut(scanned.end):
            ahead.forget()
            continue
        for _ in range(steps):
            if not _is_over(elements, until):
                elements.step()
        if elements.wants_value and not _is_over(elements, until):
            elements.step()  # what stands behind the comma
        steps = min(2 * steps, _MOST_STEPS)
        if len(elements.batch.events) >= EVENTS_IN_BATCH:
            yield elements.take()
    yield elements.take()


class ElementScan:
    """Scans the elements of one log whole, or in shares.

    Attributes:
        met: Whether what was read last ends where the next share begins. A border is a guess.
    """

    def __init__(self, begun: Elements, block_units: int = BLOCK_UNITS) -> None:
        """Begin.

        Args:
            begun: What reads them plainly from the first one on.
            block_units: How much is looked at together.
        """
        self._first = self._last = begun
        self._scanner = _scanner(begun)
        self._block_units = block_units
        self.met = True

    def _learn(self) -> bool:
        """Read plainly what comes before the first good element, and that; whether there is one."""
        first, steps = self._first, 0
        while not (first.done or first.knows_elements) and steps < _MOST_BEFORE:
            first.step()
            steps += 1
        return first.knows_elements

    def whole(self) -> Iterator[ScannedElements | Batch]:
        """All of the log."""
        return scanned_elements(self._first, self._scanner, self._block_units)

    def shares(self, units: Iterator[int]) -> Iterator[Share]:
        """All of the log, in shares of about as many units as are told for each."""
        first, text = self._first, self._first.text
        place = Cursor(text, first.cursor.unit, first.cursor.line, first.cursor.column)
        known, is_first = self._learn(), True
        while True:
            begin = place.unit, place.line, place.column
            behind = place.unit + next(units)
            border = first.border(behind) if known and behind < text.units else None
            yield Share(begin[0], border, *begin[1:], first=is_first)
            if border is None:
                return
            place.pass_to(border)
            is_first = False

    def read(self, share: Share) -> Iterator[ScannedElements | Batch]:
        """What is in a share; positions count from its beginning."""
        self._learn()
        behind = self._first if share.first else self._first.behind(share.unit, share.line, share.column)
        self._last, most = behind, self._block_units
        if share.end is not None and share.end - share.unit < 2 * most:
            most = share.end - share.unit
        yield from scanned_elements(behind, self._scanner, most, share.end)
        self.met = share.end is None or behind.meets(share.end)

    def rest(self) -> Iterator[ScannedElements | Batch]:
        """Go on behind what was read last, to the end of the log; positions go on too."""
        return scanned_elements(self._last, _scanner(self._last), self._block_units)


def _scanner(elements: Elements) -> ElementScanner:
    return ElementScanner(elements.kind, wide=elements.text.width == 2)


def _is_over(elements: Elements, until: int | None) -> bool:
    if until is None or elements.done:
        return elements.done
    elements.cursor.peek()
    return elements.cursor.unit >= until


class _Ahead:
    """What is held of the text, and how far into it the scanner has come.

    Attributes:
        block: In UTF-8.
        unit: Where in the text it begins.
    """

    def __init__(self, text: Text, block_units: int, limit: int) -> None:
        self._text, self._block_units, self._limit = text, block_units, limit
        self.transcoding = Transcoding(text)
        self.block = Block()
        self.unit = self._end = -1
        self._at, self._reached = PAD, -1  # a place of the block, and where it is in the text

    def place(self, unit: int) -> int:
        """The place of a unit in the block, which is made to hold it."""
        within = self.unit <= unit < self._end
        if within and self._reached <= unit and self._text.is_utf8:
            self._at += unit - self._reached
        elif not within or self._reached != unit:
            count = self._end - unit if within else min(self._block_units, self._limit - unit)
            self.transcoding.fill(self.block, unit, count)
            self.unit, self._end, self._at = unit, unit + count, PAD
        self._reached = unit
        return self._at

    def passed(self, scanned: ScannedElements) -> int:
        """The unit behind what was scanned."""
        self._at = scanned.end
        self._reached = int(scanned.units(np.array([scanned.end]))[0])
        return self._reached

    def may_be_cut(self, place: int) -> bool:
        """Whether what begins at a place of the block may only be cut by its end: more of it has to be seen."""
        left = self.block.end - place
        return self._end < self._limit and place > PAD and left * 2 < len(self.block.bytes)

    def forget(self) -> None:
        """Read anew from where the scanner stands."""
        self.unit = self._end = -1
