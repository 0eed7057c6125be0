"""What does a block of a JSON array or map, or of JSON objects one after another, hold, as leaves?"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.eventlog.event import Batch
from explorer.eventlog.json_array import ARRAY, EVENTS_IN_BATCH, MAP, SEQUENCE, Elements
from explorer.eventlog.scanner.block import PAD, Block
from explorer.eventlog.scanner.blocks import Scanned
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
from explorer.eventlog.scanner.transcoding import Transcoding

type Ints = npt.NDArray[Any]

BLOCK_UNITS = 1 << 20
KEY = "\0"  # the path of the keys of a map: no key that is scanned can be this, since it would need an escape
_CONTAINERS = {ARRAY: IN_ARRAY, MAP: IN_MAP, SEQUENCE: IN_SEQUENCE}
_MOST_STEPS = 64  # read plainly before the next try


class ScannedElements(Scanned):
    """The elements of one block up to the first that is not as it mostly is; all of them are `GOOD`.

    Attributes:
        unit: Where in the text the block begins: its place `PAD`.
        transcoding: How it was made of the text.
        lines: (count,) the 1-based line of each.
        end: The place behind the last one.
        line, column: The 1-based ones of that place.
    """

    unit = 0
    transcoding: Transcoding
    lines: Ints
    end: int
    line: int
    column: int

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
        if not self._room or len(self._room[0]) < size // 2 + 16:
            # a leaf takes two bytes (`1,`), and so does an element
            kinds = "iiiiB" + "iiBi" + "q"  # of leaves, records and lines
            self._room = tuple(np.empty(size // 2 + 16, kind) for kind in kinds)
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
        scanned.lines = room[9][:count]
        scanned.end, scanned.line, scanned.column = int(place[PLACE]), int(place[LINE]), int(place[COLUMN])
        return scanned


def scanned_elements(
    elements: Elements, scanner: ElementScanner, block_units: int = BLOCK_UNITS
) -> Iterator[ScannedElements | Batch]:
    """What `elements.batches()` gives, in the same order: scanned where it can be, else read plainly.

    Args:
        elements: Its position counts the events of both.
        scanner: For the same kind of container.
        block_units: How much is looked at together.
    """
    text, cursor = elements.text, elements.cursor
    transcoding = Transcoding(text)
    block = Block()
    unit = end = reached = -1  # of the block in the text, and of the place `at` in it
    at = PAD
    steps = 1
    while not elements.done:
        if not elements.knows_elements or elements.wants_value:
            elements.step()
            continue
        if not unit <= cursor.unit < end:
            block.fill(transcoding.read(cursor.unit, block_units))
            unit, end = cursor.unit, min(cursor.unit + block_units, text.units)
            at, reached = PAD, unit
        if reached != cursor.unit:  # the plain reader has gone on
            if text.is_utf8:
                at += cursor.unit - reached
            else:
                block.fill(transcoding.read(cursor.unit, end - cursor.unit))
                unit, at = cursor.unit, PAD
        scanned = scanner.scan(block, at, cursor.line, cursor.column, after=elements.after_value)
        if scanned.count:
            if (batch := elements.take()).events or batch.unread:
                yield batch
            elements.position += scanned.count
            elements.after_value = True
            scanned.unit, scanned.transcoding = unit, transcoding
            at, reached = scanned.end, int(scanned.units(np.array([scanned.end]))[0])
            cursor.jump(reached, scanned.line, scanned.column)
            yield scanned
            steps = 1
        reached = cursor.unit
        if end < text.units and block.end - scanned.end < len(block.bytes) // 2 and cursor.unit > unit:
            unit = end = -1  # it may only be cut: look again, with what comes behind it
            continue
        for _ in range(steps):
            if not elements.done:
                elements.step()
        steps = min(2 * steps, _MOST_STEPS)
        if len(elements.batch.events) >= EVENTS_IN_BATCH:
            yield elements.take()
    yield elements.take()
