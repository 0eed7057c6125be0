"""How is a log read whose events stand in one JSON array or map, or one after another?"""

import re
from collections.abc import Iterator

import msgspec

from explorer.eventlog.cursor import TOO_LONG, Broken, Cursor
from explorer.eventlog.event import Batch, Unread
from explorer.eventlog.extract import EventMaker
from explorer.eventlog.json_text import FAULTS, JsonFault, decode
from explorer.eventlog.lines import LONGEST_RECORD_BYTES
from explorer.eventlog.record import RecordPlace, add_record, read_record, unread
from explorer.eventlog.text import Text
from explorer.patterns import lazy_pattern

EVENTS_IN_BATCH = 5_000
_UNITS_IN_BATCH = 1 << 20
_MOST_TRIES = 64
_FIRST_KEY = lazy_pattern(rb'\{\s*("(?:[^"\\]|\\.)*+")\s*:', re.DOTALL)

_MAP_ELEMENT = lazy_pattern(rb'\}\s*,\s*(?="(?:[^"\\\r\n]|\\.)*+"\s*:\s*\{)')
_TO_VALUE = lazy_pattern(rb"(?=\{)")

ARRAY, MAP, SEQUENCE = "array", "map", "sequence"
_CLOSING = {ARRAY: 0x5D, MAP: 0x7D, SEQUENCE: -1}
_COMMA = 0x2C


class Elements:
    """Reads the elements of one container, and goes on behind damaged ones."""

    def __init__(
        self, text: Text, make: EventMaker, cursor: Cursor, kind: str, *, wrapped: bool, inner: bool = False
    ) -> None:
        self.text = text
        self.make = make
        self.cursor = cursor
        self.kind = kind
        self.wrapped = wrapped
        self._inner = inner  # somebody else reads on behind its end
        self.position = 0
        self.batch = Batch()
        self.done = False
        self.after_value = False
        self.wants_value = False  # right after a comma
        self._pattern: re.Pattern[bytes] | None = None  # how elements begin, once that is known
        self._keys: set[str] = set()

    def batches(self) -> Iterator[Batch]:
        """Yield the events; the cursor must stand behind the opening bracket."""
        begun = self.cursor.unit
        while not self.done:
            self.step()
            if len(self.batch.events) >= EVENTS_IN_BATCH or self.cursor.unit - begun > _UNITS_IN_BATCH:
                yield self.take()
                begun = self.cursor.unit
        yield self.take()

    def step(self) -> None:
        """Read one element, comma or closing bracket into the batch."""
        byte = self.cursor.peek()
        if byte == -1:
            if self.kind != SEQUENCE:
                self._fault("the list of events is never closed", at_end=True)
            self.done = True
        elif byte == _CLOSING[self.kind]:
            if self.wants_value:
                self._fault("a comma before the closing bracket")
            self.cursor.move_to(self.cursor.unit + 1)
            self.wants_value, self.after_value = False, self._closed()
        elif byte == _COMMA and self.kind != SEQUENCE:
            if not self.after_value:
                self._fault("a value is missing before the comma")
            self.cursor.move_to(self.cursor.unit + 1)
            self.wants_value, self.after_value = True, False
        else:
            if self.after_value and self.kind != SEQUENCE:
                self._fault("expected a comma or a closing bracket")
            self._element()
            self.wants_value, self.after_value = False, True

    def take(self) -> Batch:
        """What was read since it was last asked for."""
        batch, self.batch = self.batch, Batch()
        batch.done_bytes = self.text.byte(self.cursor.unit)
        return batch

    def _fault(self, reason: str, end: int | None = None, *, at_end: bool = False) -> None:
        cursor, text = self.cursor, self.text
        byte = text.byte(cursor.unit)
        size = text.byte(end) - byte if end is not None else 0
        self.batch.unread.append(
            Unread(self.position, cursor.line, cursor.column, byte, reason, byte, size, incomplete=at_end)
        )

    def _element(self) -> None:
        cursor = self.cursor
        start = cursor.unit
        try:
            end = cursor.pair_end() if self.kind == MAP else cursor.value_end()
        except Broken as broken:
            self._broken(broken)
            return
        skeleton = cursor.skeleton(start, end)
        place = RecordPlace(start, skeleton, cursor.line, cursor.column, in_map=self.kind == MAP)
        count = len(self.batch.unread)
        self.position = add_record(self.batch, self.text, self.make, place, self.position)
        if len(self.batch.unread) > count:
            fault = self.batch.unread[-1]
            again = self._next_start(start + 1, end)
            if again is not None and self.text.byte(again) > fault.byte:
                # a lost quote or bracket had made it swallow elements that follow
                size = self.text.byte(again) - fault.offset
                self.batch.unread[-1] = msgspec.structs.replace(fault, length_bytes=size)
                end = again
        elif self._pattern is None and self.batch.events:
            self._learn(skeleton)
        cursor.move_to(end)

    @property
    def knows_elements(self) -> bool:
        """Whether it has seen a good element: by that it finds others behind damaged ones."""
        return self._pattern is not None

    def _learn(self, skeleton: bytes) -> None:
        """Remember how the elements begin, to find the next one behind a damaged one."""
        if self.kind == MAP:
            self._pattern = _MAP_ELEMENT
        elif found := _FIRST_KEY.match(skeleton):
            self._pattern = re.compile(rb"[,\n\r}\]]\s*(?=\{\s*" + re.escape(found[1]) + rb"\s*:)")
        if self._pattern is not None:
            self._keys = set(self.batch.events[-1].record)

    def from_border(self, unit: int) -> "Elements | None":
        """What reads the elements from about `unit` on, as if the first of them stood on line 1; None if none is found.

        Where it begins is a guess: it is right if whoever reads what is before `meets` that place.
        """
        found = self.border(unit)
        return None if found is None else self.behind(found, 1, 1)

    def border(self, unit: int) -> int | None:
        """Where an element begins behind about `unit`, as far as can be guessed; None if none is found."""
        ahead = self.behind(unit, 1, 1)
        return ahead._next_start(unit, self.text.units + 1)  # noqa: SLF001 - one of us

    def behind(self, unit: int, line: int, column: int) -> "Elements":
        """What reads the elements from the one on that begins at `unit`, in that line and column."""
        ahead = Elements(
            self.text, self.make, Cursor(self.text, unit, line, column), self.kind, wrapped=self.wrapped
        )
        ahead._pattern, ahead._keys, ahead._inner = self._pattern, self._keys, self._inner
        ahead.wants_value = self.kind != SEQUENCE
        return ahead

    def meets(self, unit: int) -> bool:
        """Whether it stands before the element at `unit` just as a reader does that was made `from_border` there."""
        return not self.done and self.cursor.unit == unit and self.wants_value == (self.kind != SEQUENCE)

    def _next_start(self, unit: int, end: int) -> int | None:
        """Where another element begins inside the stretch `unit`..`end`, which could not be read."""
        if self._pattern is None:
            return None
        for _ in range(_MOST_TRIES):
            found = self.cursor.search(self._pattern, unit)
            if found is None or found >= end:
                return None
            if self._looks_like_one(found):
                return found
            unit = found
        return None

    def _looks_like_one(self, unit: int) -> bool:
        cursor = self.cursor
        try:
            if self.kind == MAP:
                unit = cursor.search(_TO_VALUE, unit) or unit
            end = cursor.value_end(unit)
            value = decode(self.text.utf8(unit, cursor.skeleton(unit, end)))
        except (Broken, *FAULTS):
            return False
        return type(value) is dict and len(self._keys & value.keys()) * 2 >= len(self._keys)

    def _broken(self, broken: Broken) -> None:
        """Record an element that has no end, and go on at the next one that can be found."""
        cursor, text = self.cursor, self.text
        start = cursor.unit
        again = self._next_start(start + 1, text.units + 1)
        place = RecordPlace(start, b"", cursor.line, cursor.column, in_map=self.kind == MAP)
        if broken.reason == TOO_LONG:
            reason = f"a record over the limit of {LONGEST_RECORD_BYTES >> 20} MiB"
            fault = Unread(
                self.position, place.line, place.column, text.byte(start), reason, text.byte(start), 0
            )
            if again is None:
                try:
                    cursor.skip_value()
                except Broken:
                    self.done = True
        else:
            limit = text.units if again is None else again
            fault = self._diagnosed(place, cursor.skeleton(start, limit), broken)
            self.done = again is None
        if again is not None or self.done:
            cursor.move_to(text.units if again is None else again)
        size = text.byte(cursor.unit) - text.byte(start)
        incomplete = broken.at_end and again is None
        fault = msgspec.structs.replace(
            fault, offset=text.byte(start), length_bytes=size, incomplete=incomplete
        )
        self.batch.unread.append(fault)

    def _diagnosed(self, place: RecordPlace, held: bytes, broken: Broken) -> Unread:
        if len(held) <= LONGEST_RECORD_BYTES:
            try:
                raw = self.text.utf8(place.unit, held)
                read_record(raw, in_map=place.in_map)
            except JsonFault as fault:
                return unread(self.text, place, self.position, raw, fault.index, fault.reason)
            except UnicodeDecodeError:
                pass
        byte = self.text.byte(broken.unit)
        return Unread(self.position, place.line, place.column, byte, broken.reason, byte, 0)

    def _closed(self) -> bool:
        """The container was closed: check what stands behind it. True if reading goes on all the same."""
        cursor = self.cursor
        if self._inner:
            self.done = True
            return False
        if self.wrapped:
            reason = cursor.rest_of_object()
            if reason is not None:
                self._fault(reason, self.text.units)
            self.done = True
            return False
        if cursor.peek() == -1:
            self.done = True
            return False
        again = self._next_start(cursor.unit - 1, self.text.units + 1)
        self._fault("more text after the end of the list", self.text.units if again is None else again)
        cursor.move_to(self.text.units if again is None else again)
        self.done = again is None
        return False
