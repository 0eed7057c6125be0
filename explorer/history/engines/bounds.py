"""How much of a log may be in memory at once, if all of it together is to take no more than somebody allows?

Measured figures, rounded up: what a step holds of each byte, row, name or slot that it has in memory.
"""

import os
from typing import Self

import msgspec

from explorer.eventlog.errors import OutOfReach

MB = 1 << 20
USUAL_BYTES = 2_000 * MB  # as if so much were allowed, where nobody says anything
LEAST_BYTES = 450 * MB

_BASE = 230 * MB  # the program and its libraries, and the row groups that are being made
_OF_A_BYTE = 5  # for each byte of a range that is read
_OF_A_ROW = 220  # for each change that is folded
_OF_A_NAME = 400  # for each name that is put in order, with those that wait
_OF_AN_EVENT = 400  # for each event that is put into another order of time
_OF_AN_ENTITY = 24  # as long as anything is done
_OF_A_SLOT = 90  # for each slot of a field that is written

_RANGE, _ROWS, _NAMES, _EVENTS = 64 * MB, 2_000_000, 1 << 20, 1 << 19  # at most
_LEAST_RANGE, _LEAST_ROWS, _LEAST_NAMES, _LEAST_EVENTS = 4 * MB, 100_000, 1 << 16, 1 << 15
_MOST_READERS, _MOST_FOLDERS, _MOST_WRITERS = 4, 2, 4


class Bounds(msgspec.Struct, frozen=True):
    """What is in memory at once.

    Attributes:
        range_units: How large a range is that is read.
        readers, folders, writers: How many threads read, fold and write.
        segment_rows: About how many changes are folded at once, by each of them.
        names: About how many names are put in order at once.
        piece_events: How many events are put into another order of time at once.
        most_bytes: How much memory all may take; None: nobody has said.
    """

    range_units: int = _RANGE
    readers: int = _MOST_READERS
    folders: int = _MOST_FOLDERS
    writers: int = _MOST_WRITERS
    segment_rows: int = _ROWS
    names: int = _NAMES
    piece_events: int = _EVENTS
    most_bytes: int | None = None

    @classmethod
    def of(cls, name: str, most_bytes: int | None) -> Self:
        """What fits into so much memory.

        Args:
            name: What is made, for an error.
            most_bytes: How much; None: as is usual.

        Raises:
            OutOfReach: That is too little for any log; says how much is needed.
        """
        allowed = USUAL_BYTES if most_bytes is None else most_bytes
        if allowed < LEAST_BYTES:
            least = LEAST_BYTES // MB
            raise OutOfReach(
                name, f"{allowed // MB:,} MB of memory are too little for any log: give it --memory {least}"
            )
        spare = allowed - _BASE
        processors = os.cpu_count() or 1
        readers = min(processors, _MOST_READERS, max(spare // (_OF_A_BYTE * 2 * _LEAST_RANGE), 1))
        folders = min(processors, _MOST_FOLDERS, max(spare // (_OF_A_ROW * 2 * _LEAST_ROWS), 1))
        return cls(
            _within(spare // (_OF_A_BYTE * readers), _LEAST_RANGE, _RANGE),
            readers,
            folders,
            min(processors, _MOST_WRITERS) if allowed >= 2 * LEAST_BYTES else 1,
            _within(spare // (_OF_A_ROW * folders), _LEAST_ROWS, _ROWS),
            _within(spare // _OF_A_NAME, _LEAST_NAMES, _NAMES),
            _within(spare // _OF_AN_EVENT, _LEAST_EVENTS, _EVENTS),
            most_bytes,
        )

    def check(self, name: str, entities: int, slots: int) -> None:
        """Return if so many entities, and so many slots of one field, can be worked on.

        Raises:
            OutOfReach: They cannot; says how much memory is needed, and that what was done is not lost.
        """
        needed = _BASE + _OF_AN_ENTITY * entities + _OF_A_SLOT * slots
        if self.most_bytes is not None and needed > self.most_bytes:
            least = max(-(-needed // MB), LEAST_BYTES // MB)
            raise OutOfReach(
                name,
                f"{self.most_bytes // MB:,} MB of memory are too little for {entities:,} entities: give it "
                f"--memory {least} (what has been read is kept)",
            )


USUAL = Bounds()


def _within(wanted: int, least: int, most: int) -> int:
    return max(least, min(wanted, most))
